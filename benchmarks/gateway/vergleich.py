"""Our door beside LiteLLM's proxy before the same scripted service on loopback; see README.md."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(Path(__file__).parent)]

from last import Seen, load, percentile  # noqa: E402

from tests.apps.gateway.served import running_house  # noqa: E402
from tests.project.running import free_port  # noqa: E402

# A stream of 200 pieces at 50 a second takes 4.3 seconds: 16 workers begin evenly in that time, and stay apart.
APART = 0.27
TICK = os.sysconf("SC_CLK_TCK")
LITELLM = """
model_list:
  - model_name: "*"
    litellm_params: {{model: "openai/*", api_base: "{service}/v1", api_key: sk-none}}
litellm_settings: {{telemetry: false, request_timeout: 600, set_verbose: false}}
general_settings: {{disable_spend_logs: true, master_key: "{key}"}}
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """Something to measure: where it is, how its models are called, and its process."""

    name: str
    url: str
    key: str
    models: dict[str, str]
    pid: int
    keys: dict[str, str]

    def cpu(self) -> float:
        """Return the processor seconds of the process and its threads so far."""
        text = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(text[11]) + int(text[12])) / TICK

    def memory(self) -> float:
        """Return resident megabytes."""
        return int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6

    def run(self, script: str, *, stream: bool, parallel: int, count: int, apart: float = 0.0) -> tuple[Seen, float]:
        """Put load on it; return what callers saw and the processor seconds it took."""
        before = self.cpu()
        key = self.keys.get(script, self.key)
        work = load(self.url, key, self.models[script], stream=stream, parallel=parallel, count=count, apart=apart)
        return asyncio.run(work), self.cpu() - before


def measure(peer: Peer, calls: int, streams: int) -> None:
    """Print the figures of a peer."""
    peer.run("echo", stream=False, parallel=4, count=50)
    peer.run("schnell", stream=True, parallel=4, count=8)
    seen, cpu = peer.run("echo", stream=False, parallel=4, count=calls)
    ok = max(len(seen.total), 1)
    print(f"{peer.name}: ganze Antworten: {cpu / ok * 1000:.2f} ms CPU je Anfrage, "
          f"p50 {percentile(seen.total, 0.5):.1f} ms, p99 {percentile(seen.total, 0.99):.1f} ms, "
          f"gescheitert {seen.failed}")  # fmt: skip
    seen, cpu = peer.run("schnell", stream=True, parallel=16, count=streams)
    print(f"{peer.name}: Ströme ohne Lücke, 16 zugleich: {cpu / max(seen.pieces, 1) * 1e6:.0f} us CPU je Stück, "
          f"p50 bis zum ersten Stück {percentile(seen.first, 0.5):.1f} ms, gescheitert {seen.failed}")  # fmt: skip
    for how, apart in (("auf einen Schlag begonnen", 0.0), ("nacheinander begonnen", APART)):
        seen, cpu = peer.run("takt", stream=True, parallel=16, count=32, apart=apart)
        print(f"{peer.name}: Ströme mit 50 Stück/s, 16 zugleich, {how}: {cpu / max(seen.pieces, 1) * 1e6:.0f} us CPU "
              f"je Stück, p50 bis zum ersten Stück {percentile(seen.first, 0.5):.1f} ms, gescheitert {seen.failed}"
              )  # fmt: skip
    print(f"{peer.name}: Speicher {peer.memory():.0f} MB", flush=True)


def endurance(peer: Peer, calls: int) -> None:
    """Print how memory goes over many calls."""
    before = peer.memory()
    seen, _cpu = peer.run("echo", stream=False, parallel=8, count=calls)
    print(f"{peer.name}: {calls} Anfragen: Speicher {before:.0f} -> {peer.memory():.0f} MB, gescheitert {seen.failed}")


def many_streams(peer: Peer, count: int) -> None:
    """Print whether many streams at once, on one core, lose nothing and keep their pace."""
    for thread in Path(f"/proc/{peer.pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {0})
    seen, cpu = peer.run("takt", stream=True, parallel=count, count=count)
    median = percentile(seen.total, 0.5) / 1000
    print(f"{peer.name}: {count} Ströme auf einem Kern: {cpu / max(seen.pieces, 1) * 1e6:.0f} us CPU je Stück, "
          f"{seen.pieces / count:.1f} Stück je Strom, p50 {median:.2f} s je Strom, das sind "
          f"{seen.pieces / count / median:.0f} Stück/s, gescheitert {seen.failed}", flush=True)  # fmt: skip


@contextlib.contextmanager
def litellm(program: str, service: str) -> Iterator[Peer]:
    """Run LiteLLM's proxy without detection, rules or log before the same service."""
    port, key = free_port(), "sk-" + "k" * 40
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "litellm.yaml"
        config.write_text(LITELLM.format(service=service, key=key), encoding="utf-8")
        env = {
            **os.environ,
            "LITELLM_LOCAL_MODEL_COST_MAP": "True",
            "LITELLM_TELEMETRY": "False",
            "OPENAI_API_KEY": "x",
        }
        process = subprocess.Popen(
            [program, "--config", str(config), "--host", "127.0.0.1", "--port", str(port)],
            env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}/v1"
            until = time.monotonic() + 120
            while time.monotonic() < until:
                seen = asyncio.run(load(url, key, "echo", stream=False, parallel=1, count=1))
                if not seen.failed:
                    break
                time.sleep(1)
            yield Peer("LiteLLM", url, key, {"echo": "echo", "schnell": "schnell", "takt": "takt"}, process.pid, {})
        finally:
            process.terminate()
            process.wait(20)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--litellm", help="Programm litellm einer eigenen Umgebung")
    parser.add_argument("--anfragen", type=int, default=500)
    parser.add_argument("--stroeme", type=int, default=100)
    parser.add_argument("--dauer", type=int, default=20_000, help="Anfragen der Dauerprobe; 0 lässt sie weg")
    arguments = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, 8192))
    with tempfile.TemporaryDirectory() as folder, running_house(Path(folder)) as house:
        names = {"echo": "fern", "schnell": "schnell", "takt": "langsam"}
        ours = Peer(
            "Leitplanke", house.url, "", dict.fromkeys(names, "auto"), house.process.pid,
            {script: house.keys[key] for script, key in names.items()},
        )  # fmt: skip
        direct = Peer(
            "Dienst selbst", f"{house.service}/v1", "x", {name: name for name in names}, house.upstream.pid, {}
        )
        measure(direct, arguments.anfragen, arguments.stroeme)
        measure(ours, arguments.anfragen, arguments.stroeme)
        if arguments.litellm:
            with litellm(arguments.litellm, house.service) as peer:
                measure(peer, arguments.anfragen // 4, arguments.stroeme // 4)
        if arguments.dauer:
            endurance(ours, arguments.dauer)
            many_streams(direct, 300)
            many_streams(ours, 300)


if __name__ == "__main__":
    main()

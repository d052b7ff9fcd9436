"""Copy the front-end files we serve from node_modules into the static folder (no foreign file is committed)."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/leitplanke/base/ui/static/vendor"

FILES = {
    "@kern-ux/native/dist/kern.min.css": "kern/kern.min.css",
    "@kern-ux/native/dist/fonts/fira-sans.css": "kern/fonts/fira-sans.css",
    "@kern-ux/native/dist/fonts/fira-sans": "kern/fonts/fira-sans",
    "@kern-ux/native/LICENSE.md": "kern/LICENSE.md",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
}


def main() -> None:
    """Replace the vendor folder by fresh copies."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        destination = VENDOR / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        if (MODULES / source).is_dir():
            shutil.copytree(MODULES / source, destination)
        else:
            shutil.copyfile(MODULES / source, destination)


if __name__ == "__main__":
    main()

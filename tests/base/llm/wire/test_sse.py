from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.base.llm.wire import DONE, KEEP_ALIVE, SseError, SseParser, encode_event, encode_events

EVENTS = ['{"a":"ä\U0001f600"}', "{}", '{"b":[1]}']


def cut(raw: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, len(raw), *(place % (len(raw) + 1) for place in cuts)})
    return [raw[start:end] for start, end in pairwise(places)]


def test_events_that_go_out_together_are_those_that_go_out_alone() -> None:
    events = [event.encode() for event in EVENTS]
    assert encode_events(events) == b"".join(encode_event(event) for event in events)
    assert encode_events([]) == b""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10_000), max_size=30), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_events_are_the_same_for_any_cut(cuts: list[int], end: str, spaced: bool) -> None:
    lines = [f": noch da{end}{end}"]
    lines += [f"event: x{end}id: 7{end}data:{' ' if spaced else ''}{event}{end}{end}" for event in EVENTS]
    raw = "".join([*lines, f"data: [DONE]{end}{end}", f"data: danach{end}{end}"]).encode()
    parser = SseParser()
    found = [event.decode() for piece in cut(raw, cuts) for event in parser.feed(piece)]
    assert found == EVENTS
    assert parser.done


def test_what_we_write_we_read() -> None:
    parser = SseParser()
    assert parser.feed(KEEP_ALIVE + encode_event(b"{}") + KEEP_ALIVE + DONE) == [b"{}"]
    assert parser.done
    assert not parser.finish()


def test_lines_of_data_belong_together_and_an_end_without_empty_line_counts() -> None:
    parser = SseParser()
    assert parser.feed(b"data: a\ndata: b\n\ndata: c") == [b"a\nb"]
    assert parser.finish() == [b"c"]
    assert not parser.done


@pytest.mark.security
@pytest.mark.parametrize("piece", [b"x" * 50, b"data: " + b"x" * 50, b"data: xxxx\n" * 10])
def test_an_event_without_end_is_not_kept(piece: bytes) -> None:
    parser = SseParser(max_event=100)
    with pytest.raises(SseError, match="antwort_zu_gross"):
        [parser.feed(piece) for _time in range(10)]

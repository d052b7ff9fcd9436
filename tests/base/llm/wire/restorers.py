"""A small restorer for tests of the wire; the real one is tested in core.privacy and at the door."""

from __future__ import annotations

import json as jsonlib

NAMES = {"[[PERSON_1]]": 'O"Brien\nMüller', "[[ORT_1]]": "Köln \U0001f600"}


class SmallRestorer:
    """Holds back from the last `[[` on."""

    def __init__(self, *, json: bool = False) -> None:
        self.json = json
        self.rest = ""

    def feed(self, text: str) -> str:
        text = self.rest + text
        cut = text.rfind("[", 0)
        start = text.rfind("[[")
        cut = start if start >= 0 and "]]" not in text[start:] else len(text)
        if text.endswith("[") and cut == len(text):
            cut -= 1
        self.rest = text[cut:]
        return restored(text[:cut], json=self.json)

    def finish(self) -> str:
        rest, self.rest = self.rest, ""
        return rest


def restored(text: str, *, json: bool = False) -> str:
    for placeholder, name in NAMES.items():
        text = text.replace(placeholder, jsonlib.dumps(name, ensure_ascii=False)[1:-1] if json else name)
    return text

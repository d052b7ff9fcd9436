"""The restorer of the house over names that are hard to put into JSON."""

from leitplanke.core.privacy.restoring import StreamRestorer, restore_text

NAMES = {"PERSON_1": 'O"Brien\nMüller', "ORT_1": "Köln \U0001f600"}


def make_restorer(*, json: bool) -> StreamRestorer:
    return StreamRestorer(NAMES, in_json=json)


def restored(text: str, *, json: bool = False) -> str:
    return restore_text(text, NAMES, in_json=json).text

"""What click itself says, in German. Click asks gettext for its messages but brings no translations along."""

from __future__ import annotations

import gettext
import importlib

MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
MESSAGES = {
    "Aborted!": "Abgebrochen.",
    "Could not open file {filename!r}: {message}": "Die Datei {filename!r} lässt sich nicht öffnen: {message}",
    "Did you mean {possibility}?": "Meinten Sie {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Meinten Sie eine von: {possibilities}?)",
    "Error: {message}": "Fehler: {message}",
    "Error: The two entered values do not match.": "Die beiden Eingaben stimmen nicht überein.",
    "Got unexpected extra argument ({args})": "Zu viel angegeben: {args}",
    "Got unexpected extra arguments ({args})": "Zu viel angegeben: {args}",
    "Invalid value for {param_hint}: {message}": "{param_hint} passt nicht: {message}",
    "Invalid value: {message}": "{message}",
    "Missing argument": "Es fehlt die Angabe",
    "Missing option": "Es fehlt die Option",
    "Missing parameter": "Es fehlt die Angabe",
    "No such option {name!r}.": "Die Option {name!r} gibt es nicht.",
    "Option {name!r} does not take a value.": "Die Option {name!r} nimmt keinen Wert.",
    "Option {name!r} requires an argument.": "Die Option {name!r} braucht einen Wert.",
    "default: {default}": "Standard: {default}",
    "directory": "Ordner",
    "file": "Datei",
    "path": "Pfad",
    "required": "nötig",
    "{name} {filename!r} does not exist.": "{name} {filename!r} gibt es nicht.",
    "{name} {filename!r} is a directory.": "{filename!r} ist ein Ordner.",
    "{name} {filename!r} is a file.": "{filename!r} ist eine Datei.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} ist nicht lesbar.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} ist nicht beschreibbar.",
    "{value!r} is not a valid {number_type}.": "{value!r} ist keine gültige Zahl.",
    "{value!r} is not one of {choices}.": "{value!r} ist keines von: {choices}.",
    "{value!r} is not {choice}.": "{value!r} ist nicht {choice}.",
    "{value} is not in the range {range}.": "{value} liegt nicht im Bereich {range}.",
}


def german(message: str) -> str:
    """Return a message of click in German, in English where we have none."""
    return MESSAGES.get(message) or gettext.gettext(message)


def german_plural(singular: str, plural: str, number: int) -> str:
    """Return the form for `number` in German, in English where we have none."""
    message = singular if number == 1 else plural
    return MESSAGES.get(message) or gettext.ngettext(singular, plural, number)


def speak_german() -> None:
    """Have click ask us."""
    for name in MODULES:
        module = importlib.import_module(f"click.{name}")
        for function, ours in (("_", german), ("ngettext", german_plural)):
            if hasattr(module, function):
                setattr(module, function, ours)

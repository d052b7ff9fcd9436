"""In a process of its own: found a town, its models at the scripted service, purposes and keys; print the keys."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "leitplanke.project.settings"

import django

django.setup()

from django.utils import timezone  # noqa: E402

from leitplanke.apps.gateway import keys, purposes, registry  # noqa: E402
from leitplanke.base.accounts.roles import Rolle  # noqa: E402
from tests.apps.gateway.conftest import MODELL  # noqa: E402
from tests.factories import make_actor, make_mandant  # noqa: E402
from tests.registered import release_parts  # noqa: E402

ADDRESS = sys.argv[1]
ABILITIES = ["streaming", "werkzeuge", "schema", "bilder"]
# key -> model class, script of the service, setup of the purpose
PURPOSES = {
    "fern": ("eigenes_rechenzentrum", "echo", {"datenklasse": "intern"}),
    "lokal": ("lokal", "echo", {"datenklasse": "intern", "inhalt_speichern": True}),
    "langsam": ("eigenes_rechenzentrum", "takt", {"datenklasse": "intern"}),
    "schnell": ("eigenes_rechenzentrum", "schnell", {"datenklasse": "intern"}),
    "stockt": ("eigenes_rechenzentrum", "stockt", {"datenklasse": "intern"}),
    "kaputt": ("eigenes_rechenzentrum", "fehler-500", {"datenklasse": "intern"}),
    "bricht": ("eigenes_rechenzentrum", "bricht-ab", {"datenklasse": "intern"}),
    "redet": ("eigenes_rechenzentrum", "redet", {"datenklasse": "intern", "max_ausgabe": 16}),
    "werkzeug": ("eigenes_rechenzentrum", "werkzeug", {"datenklasse": "intern"}),
    "werkzeug-buerger": ("eigenes_rechenzentrum", "werkzeug", {"datenklasse": "intern", "betrifft_buerger": True}),
    "knapp": ("eigenes_rechenzentrum", "echo", {"datenklasse": "intern"}),
}


def main() -> None:
    mandant = make_mandant("teststadt", host="127.0.0.1")
    it, ki = make_actor(mandant, Rolle.IT), make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    release_parts(mandant, *PURPOSES)
    day = timezone.localdate() + timedelta(days=30)
    found = {}
    for key, (model_class, script, setup) in PURPOSES.items():
        values = {
            **MODELL, "kennung": f"m-{key}", "titel": key, "klasse": model_class, "protokoll": "openai",
            "endpunkt": ADDRESS, "modellname": script, "faehigkeiten": ABILITIES, "kein_training": True,
            "vertrag": "Vertrag 1", "vertrag_geprueft_am": day, "sekunden_anfang": 2, "sekunden_gesamt": 20,
            "preis_ein": 1, "preis_aus": 2,
        }  # fmt: skip
        # Only a model in the house may sit at an address without TLS, so the class is set past the form.
        modell = registry.save_model(actor=it, kennung=None, values={**values, "klasse": "lokal"})
        modell.klasse = model_class
        modell.save()
        registry.request_release(actor=it, kennung=modell.public_id)
        registry.release_model(actor=ki, kennung=modell.public_id)
        purposes.set_up(actor=ki, schluessel=key, setup=purposes.Setup((f"m-{key}",), **setup))
        limits = keys.Limits(anfragen_tag=2) if key == "knapp" else keys.Limits()
        made = keys.create_machine_key(actor=it, plan=keys.KeyPlan(key, key, day, limits))
        found[key] = made.secret
    json.dump(found, sys.stdout)


main()

"""Load the demo town from `content/musterstadt`: people, offices, spaces with released sources, and cases."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml
from django.utils import timezone

from leitplanke.apps.antrag.configuring import offer
from leitplanke.apps.wissen import index, sources, spaces
from leitplanke.apps.wissen.models import Fassung, Wissensraum
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.demo import load_mandant
from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.project.musterfaelle import load_cases
from leitplanke.project.mustergateway import load_gateway
from leitplanke.project.musterleitlinie import load_leitlinie, people_of
from leitplanke.project.musterregister import load_register
from leitplanke.project.musterstrategie import load_strategie
from leitplanke.project.musterwissen import load_guideline_sources, release_at_once

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from importlib.resources.abc import Traversable

    from leitplanke.base.accounts.models import Mandant

FOLDER = "musterstadt"
EBENEN = {"Kommune": "kommune", "Land": "land", "Bund": "bund", "EU": "eu"}


@dataclass(frozen=True, slots=True)
class Curators:
    """The two people of the demo town behind every source: one adds, the other releases."""

    adding: Actor
    releasing: Actor


def load_musterstadt(report: Callable[[str], object]) -> Mandant:
    """Create or renew the demo town; what has not changed stays untouched. `report` takes progress in German."""
    content = resources.files("leitplanke.content") / FOLDER
    mandant = load_mandant(_yaml(content / "mandant.yaml"))
    _offer_procedures(mandant, content / "verfahren.yaml")
    curators = Curators(demo_actor(mandant, Rolle.SACHBEARBEITUNG), demo_actor(mandant, Rolle.KI_BEAUFTRAGTE))
    for folder in sorted((content / "wissen").iterdir(), key=lambda entry: entry.name):
        if (folder / "raum.yaml").is_file():
            _load_space(mandant, folder, curators, report)
    entries = load_register(mandant, _yaml(content / "register.yaml"))
    if entries:
        report(f"KI-Register: {entries} Einträge angelegt")
    models = load_gateway(mandant, _yaml(content / "gateway.yaml"), demo_actor(mandant, Rolle.IT), curators.releasing)
    if models:
        report(f"Gateway: {models} Modelle eingetragen")
    leitlinie = _yaml(content / "leitlinie.yaml")
    if load_leitlinie(mandant, leitlinie):
        report("KI-Leitlinie: beschlossen, gilt ab heute")
    documents = load_guideline_sources(mandant, leitlinie["wissen"], people_of(mandant))
    if documents:
        report(f"KI-Leitlinie: {documents} Schriftstücke in Wissen übernommen")
    if load_strategie(mandant, _yaml(content / "strategie.yaml")):
        report("Leitbild, Ziele und Selbstbewertung eingetragen")
    made = load_cases(mandant, _yaml(content / "faelle.yaml"), content / "belege")
    if made:
        report(f"Anträge: {made} erfundene Fälle angelegt")
    return mandant


def _yaml(file: Traversable) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return values


def demo_actor(mandant: Mandant, rolle: Rolle) -> Actor:
    """Return the first person of the demo town with `rolle`."""
    membership = (
        Mitgliedschaft.objects.for_mandant(mandant)
        .filter(rolle=rolle)
        .valid_on(timezone.localdate())
        .select_related("person")
        .earliest("pk")
    )
    return Actor(mandant, membership.person, (membership,))


def _offer_procedures(mandant: Mandant, file: Traversable) -> None:
    units = {unit.kuerzel: unit for unit in Organisationseinheit.objects.for_mandant(mandant)}
    for row in _yaml(file)["verfahren"]:
        values = {name: value for name, value in row.items() if name not in {"verfahren", "einheit"}}
        offer(mandant, row["verfahren"], units[row["einheit"]], **values)


def _load_space(mandant: Mandant, folder: Traversable, curators: Curators, report: Callable[[str], object]) -> None:
    values = _yaml(folder / "raum.yaml")
    raum = Wissensraum.objects.for_mandant(mandant).filter(kurz=values["kurz"]).first()
    if raum is None:
        raum = spaces.save_space(kurz=values["kurz"], actor=curators.releasing, values=_space_values(mandant, values))
    new = [entry for entry in values["dokumente"] if _load_source(raum, folder, entry, curators)]
    if new:
        report(f"Wissensraum „{raum.name}“: {len(new)} Quellen eingelesen und freigegeben")
    if new or not index.index_directory(raum).exists():
        index.renew(raum)


def _space_values(mandant: Mandant, values: Mapping[str, Any]) -> dict[str, Any]:
    kontakt = values["kontakt"]
    einheit = Organisationseinheit.objects.for_mandant(mandant).get(name=values["eigentuemer"])
    return {
        **{name: values[name] for name in ("name", "beschreibung", "themen", "sichtbarkeit", "beispielfragen")},
        "eroeffnung": values["eroeffnung"],
        "von_startseite": values.get("von_startseite", True),
        "einheit": einheit,
        "kontakt_stelle": kontakt["stelle"],
        "kontakt_telefon": kontakt["telefon"],
        "kontakt_email": kontakt["email"],
        "kontakt_zeiten": kontakt["zeiten"],
    }


def _load_source(raum: Wissensraum, folder: Traversable, entry: Mapping[str, Any], curators: Curators) -> bool:
    data = (folder / entry["datei"]).read_bytes()
    # A version that somebody withdrew in the demo stays withdrawn.
    known = Fassung.objects.for_mandant(raum.mandant).filter(quelle__raum=raum, quelle__dokument=entry["datei"])
    if known.filter(datei__sha256=hashlib.sha256(data).hexdigest()).exists():
        return False
    details = sources.SourceDetails(
        dokument=entry["datei"],
        titel=entry["titel"],
        lizenz=entry["lizenz"],
        herkunft=entry["herkunft"],
        ebene=EBENEN[entry["geltungsbereich"]],
        bindet=entry["bindet"],
        gebiet=raum.mandant.name,
        textstand=entry["stand"],
        gueltig_von=entry.get("gueltig_ab"),
        gueltig_bis=entry.get("gueltig_bis"),
    )
    fassung = sources.add_source(raum=raum, actor=curators.adding, name=entry["datei"], data=data, details=details)
    release_at_once(fassung, curators.releasing)
    return True

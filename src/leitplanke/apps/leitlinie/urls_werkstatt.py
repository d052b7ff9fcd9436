"""Addresses of the workshop: versions and their clauses."""

from django.urls import register_converter

from leitplanke.apps.leitlinie import (
    views,
    views_werkstatt,
    views_werkstatt_ausgaben,
    views_werkstatt_beginn,
    views_werkstatt_beitrag,
    views_werkstatt_klausel,
    views_wissen,
)
from leitplanke.base.accounts.access import guarded_path


class BlockConverter:
    """Ids of building blocks, so that other pages of a version can stand beside them."""

    regex = r"BB\d{2}"

    def to_python(self, value: str) -> str:
        """Return the id."""
        return value

    def to_url(self, value: str) -> str:
        """Return the id."""
        return value


register_converter(BlockConverter, "baustein")

HERE = "amt/leitlinie/fassung/<int:nummer>/"
CLAUSE = f"{HERE}<baustein:baustein>/"
OUTPUT = f"{HERE}ausgaben/<str:art>/"

urlpatterns = [
    guarded_path("amt/leitlinie/", views.liste, name="liste"),
    guarded_path("amt/leitlinie/beginnen/", views_werkstatt_beginn.beginnen, name="beginnen"),
    guarded_path("amt/leitlinie/beginnen/beispiel/", views_werkstatt_beginn.beispiel, name="beispiel"),
    guarded_path("amt/leitlinie/kommune/", views_werkstatt_ausgaben.kommune, name="kommune"),
    guarded_path(HERE, views_werkstatt.fassung, name="fassung"),
    guarded_path(f"{HERE}fragen/<str:kapitel>/", views_werkstatt_beginn.fragen, name="fragen"),
    guarded_path(f"{HERE}abdeckung/", views_werkstatt.abdeckung, name="abdeckung"),
    guarded_path(f"{HERE}ausgaben/", views_werkstatt_ausgaben.ausgaben, name="ausgaben"),
    guarded_path(f"{HERE}wissen/", views_wissen.in_wissen, name="in_wissen"),
    guarded_path(OUTPUT, views_werkstatt_ausgaben.ausgabe, name="ausgabe"),
    guarded_path(f"{OUTPUT}<str:form>/", views_werkstatt_ausgaben.ausgabe_datei, name="ausgabe_datei"),
    guarded_path(CLAUSE, views_werkstatt_klausel.klausel, name="klausel"),
    guarded_path(f"{CLAUSE}vorschau/", views_werkstatt_klausel.vorschau, name="klausel_vorschau"),
    guarded_path(f"{CLAUSE}beitrag/", views_werkstatt_beitrag.beitrag, name="beitrag"),
    guarded_path(f"{HERE}beitrag/<int:beitrag>/", views_werkstatt_beitrag.entscheiden, name="beitrag_entscheiden"),
]

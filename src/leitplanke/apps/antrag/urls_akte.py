"""Addresses of the desk of one case."""

from leitplanke.apps.antrag import (
    views_akte,
    views_akte_angaben,
    views_akte_unterlagen,
    views_akte_urteile,
    views_akte_verlauf,
    views_textbausteine,
)
from leitplanke.base.accounts.access import guarded_path

_CASE = "vorgaenge/<uuid:kennung>/"
_DOCUMENT = f"{_CASE}unterlage/<uuid:unterlage>/"

urlpatterns = [
    guarded_path("vorgaenge/textbausteine/", views_textbausteine.liste, name="textbausteine"),
    guarded_path("vorgaenge/textbausteine/<int:pk>/", views_textbausteine.liste, name="textbaustein"),
    guarded_path(
        "vorgaenge/textbausteine/<int:pk>/loeschen/", views_textbausteine.loeschen, name="textbaustein_loeschen"
    ),
    guarded_path(_CASE, views_akte.akte, name="akte"),
    guarded_path(f"{_CASE}nachweis/", views_akte.nachweis, name="akte_nachweis"),
    guarded_path(f"{_CASE}angaben/bestaetigen/", views_akte_angaben.bestaetigen, name="angaben_bestaetigen"),
    guarded_path(f"{_CASE}angaben/aendern/", views_akte_angaben.aendern, name="angabe_aendern"),
    guarded_path(f"{_CASE}angaben/klaeren/", views_akte_angaben.klaeren, name="angabe_klaeren"),
    guarded_path(
        f"{_CASE}vorschlag/<int:vorschlag>/verwerfen/", views_akte_angaben.verwerfen, name="vorschlag_verwerfen"
    ),
    guarded_path(f"{_CASE}unterlage/neu/", views_akte_unterlagen.neu, name="unterlage_neu"),
    guarded_path(f"{_DOCUMENT}bearbeiten/", views_akte_unterlagen.bearbeiten, name="unterlage_bearbeiten"),
    guarded_path(f"{_DOCUMENT}zuordnen/", views_akte_angaben.zuordnen, name="unterlage_zuordnen"),
    guarded_path(f"{_DOCUMENT}original/", views_akte_unterlagen.original, name="unterlage_original"),
    guarded_path(f"{_DOCUMENT}seite/<int:nummer>/", views_akte_unterlagen.seite, name="unterlage_seite"),
    guarded_path(f"{_CASE}urteil/<slug:name>/", views_akte_urteile.urteil, name="urteil"),
    guarded_path(f"{_CASE}erste-entscheidung/", views_akte_urteile.vorentscheidung, name="vorentscheidung"),
    guarded_path(f"{_CASE}nachrichten/", views_akte_verlauf.nachrichten, name="akte_nachrichten"),
    guarded_path(f"{_CASE}verlauf/", views_akte_verlauf.verlauf, name="akte_verlauf"),
]

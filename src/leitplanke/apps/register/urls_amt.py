"""The register for staff: list, entry, classification, declarations, release."""

from __future__ import annotations

from leitplanke.apps.register import (
    views_amt_angaben,
    views_amt_einstufung,
    views_amt_eintrag,
    views_amt_erklaerung,
    views_amt_liste,
    views_amt_schritte,
)
from leitplanke.base.accounts.access import guarded_path

ENTRY = "register/<slug:kuerzel>/"

urlpatterns = [
    guarded_path("register/", views_amt_liste.liste, name="amt_liste"),
    guarded_path("register/neu/", views_amt_angaben.neu, name="amt_neu"),
    guarded_path("register/neu-einstufen/", views_amt_liste.neu_einstufen, name="amt_neu_einstufen"),
    guarded_path("register/einstellungen/", views_amt_liste.einstellungen, name="amt_einstellungen"),
    guarded_path(ENTRY, views_amt_eintrag.eintrag, name="amt_eintrag"),
    guarded_path(f"{ENTRY}kopf/", views_amt_angaben.kopf, name="amt_kopf"),
    guarded_path(f"{ENTRY}angaben/", views_amt_angaben.angaben, name="amt_angaben"),
    guarded_path(f"{ENTRY}angaben/<slug:gruppe>/", views_amt_angaben.gruppe, name="amt_gruppe"),
    guarded_path(f"{ENTRY}einstufung/", views_amt_einstufung.einstufung, name="amt_einstufung"),
    guarded_path(f"{ENTRY}einstufen/", views_amt_einstufung.einstufen, name="amt_einstufen"),
    guarded_path(f"{ENTRY}erklaerungen/", views_amt_erklaerung.erklaerungen, name="amt_erklaerungen"),
    guarded_path(f"{ENTRY}erklaerungen/<slug:art>/", views_amt_erklaerung.erklaeren, name="amt_erklaeren"),
    guarded_path(f"{ENTRY}pflichten/", views_amt_eintrag.pflichten, name="amt_pflichten"),
    guarded_path(f"{ENTRY}verlauf/", views_amt_eintrag.verlauf, name="amt_verlauf"),
    guarded_path(f"{ENTRY}schritt/<slug:act>/", views_amt_schritte.schritt, name="amt_schritt"),
]

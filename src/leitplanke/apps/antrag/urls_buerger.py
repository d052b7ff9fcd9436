"""Addresses for applicants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leitplanke.apps.antrag import views_buerger_beginn as beginn
from leitplanke.apps.antrag import views_buerger_katalog as katalog
from leitplanke.apps.antrag import views_buerger_schritte as schritte
from leitplanke.apps.antrag import views_buerger_stand as stand
from leitplanke.base.accounts.access import guarded_path

if TYPE_CHECKING:
    from django.urls import URLPattern

OFFER = "antraege/<slug:verfahren>/"
OWN = "antrag/<uuid:kennung>/"

urlpatterns: list[URLPattern] = [
    guarded_path("antraege/", katalog.katalog, name="katalog"),
    guarded_path(OFFER, katalog.seite, name="seite"),
    guarded_path(f"{OFFER}formular.pdf", katalog.formular, name="formular"),
    guarded_path(f"{OFFER}vorab/", katalog.vorab, name="vorab"),
    guarded_path(f"{OFFER}rueckruf/", katalog.rueckruf, name="rueckruf"),
    guarded_path(f"{OFFER}beginnen/", beginn.beginnen, name="beginnen"),
    guarded_path(f"{OFFER}datum-sichern/", beginn.formlos, name="formlos"),
    guarded_path("rueckrufe/", katalog.rueckrufe, name="rueckrufe"),
    guarded_path("antrag/", beginn.meine, name="meine"),
    guarded_path("antrag/fortsetzen/", beginn.fortsetzen, name="fortsetzen"),
    guarded_path(OWN, stand.mein_antrag, name="mein_antrag"),
    guarded_path(f"{OWN}zugang/", beginn.zugang, name="mein_zugang"),
    guarded_path(f"{OWN}konto/", beginn.uebernehmen, name="mein_konto"),
    guarded_path(f"{OWN}person/", schritte.person, name="schritt_person"),
    guarded_path(f"{OWN}fragen/", schritte.fragen, name="schritt_fragen"),
    guarded_path(f"{OWN}unterlagen/", schritte.unterlagen, name="schritt_unterlagen"),
    guarded_path(f"{OWN}zustellung/", schritte.zustellung, name="schritt_zustellung"),
    guarded_path(f"{OWN}pruefen/", schritte.pruefen, name="schritt_pruefen"),
    guarded_path(f"{OWN}aendern/", schritte.aendern, name="mein_aendern"),
    guarded_path(f"{OWN}verwerfen/", schritte.verwerfen, name="mein_verwerfen"),
    guarded_path(f"{OWN}eingang/", stand.eingang, name="mein_eingang"),
    guarded_path(f"{OWN}quittung.pdf", stand.quittung, name="meine_quittung"),
    guarded_path(f"{OWN}nachricht/", stand.nachricht, name="meine_nachricht"),
    guarded_path(f"{OWN}gelesen/", stand.gelesen, name="mein_gelesen"),
    guarded_path(f"{OWN}mensch/", stand.mensch, name="mein_mensch"),
    guarded_path(f"{OWN}zuruecknehmen/", stand.zuruecknehmen, name="mein_zuruecknehmen"),
    guarded_path(f"{OWN}erklaerung/", stand.erklaerung, name="meine_erklaerung"),
    guarded_path(f"{OWN}rechtsbehelf/", stand.rechtsbehelf, name="mein_rechtsbehelf"),
    guarded_path(f"{OWN}schreiben/<uuid:brief>/", stand.schreiben, name="mein_schreiben"),
    guarded_path(f"{OWN}unterlage/<uuid:beleg>/", stand.unterlage, name="meine_unterlage"),
    guarded_path(f"{OWN}unterlage/<uuid:beleg>/entfernen/", stand.unterlage_entfernen, name="meine_unterlage_weg"),
]

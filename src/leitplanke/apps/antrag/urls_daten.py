"""Addresses for exports, one's own data, deletion, comparison and computing anew."""

from leitplanke.apps.antrag import views_daten as daten
from leitplanke.apps.antrag import views_daten_amt as amt
from leitplanke.apps.antrag import views_daten_person as person
from leitplanke.base.accounts.access import guarded_path

_CASE = "vorgaenge/<uuid:kennung>/"
_OWN = "antrag/<uuid:kennung>/"

urlpatterns = [
    guarded_path("vorgaenge/loeschfristen/", amt.loeschfristen, name="loeschfristen"),
    guarded_path("vorgaenge/vergleich/", amt.vergleich, name="vergleich"),
    guarded_path("vorgaenge/neu-berechnen/", amt.neu_berechnen, name="neu_berechnen"),
    guarded_path(f"{_CASE}loeschsperre/", amt.loeschsperre, name="loeschsperre"),
    guarded_path(f"{_CASE}loeschsperre/aufheben/", amt.loeschsperre_aufheben, name="loeschsperre_aufheben"),
    guarded_path(f"{_CASE}loeschen/", amt.faelligen_loeschen, name="faelligen_loeschen"),
    guarded_path(f"{_CASE}ausgeben/", daten.ausgeben, name="ausgeben"),
    guarded_path(f"{_CASE}ausgeben/akte.zip", daten.akte_zip, name="akte_zip"),
    guarded_path(f"{_CASE}ausgeben/vermerk.pdf", daten.vermerk, name="vermerk"),
    guarded_path(f"{_CASE}ausgeben/auskunft/<slug:form>/", daten.auskunft, name="auskunft"),
    guarded_path(f"{_CASE}berichtigungen/", daten.berichtigungen, name="berichtigungen"),
    guarded_path(f"{_OWN}daten/", person.meine_daten, name="meine_daten"),
    guarded_path(f"{_OWN}daten/auskunft/<slug:form>/", person.meine_auskunft, name="meine_auskunft"),
]

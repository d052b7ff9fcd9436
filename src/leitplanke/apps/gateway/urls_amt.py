"""Pages of the office."""

from leitplanke.apps.gateway import (
    views_aufrufe,
    views_einsicht,
    views_energie,
    views_modelle,
    views_pruefen,
    views_uebersicht,
    views_werkzeuge,
    views_zugaenge,
    views_zwecke,
)
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [
    guarded_path("", views_uebersicht.uebersicht, name="uebersicht"),
    guarded_path("was-sieht-das-modell/", views_pruefen.sehen, name="sehen"),
    guarded_path("was-sieht-das-modell/dokument/", views_pruefen.dokument, name="dokument"),
    guarded_path("was-sieht-das-modell/zurueck/", views_pruefen.zurueck, name="zurueck"),
    guarded_path("modelle/", views_modelle.liste, name="modelle"),
    guarded_path("modelle/neu/", views_modelle.neu, name="modell_neu"),
    guarded_path("modelle/<uuid:kennung>/", views_modelle.modell, name="modell"),
    guarded_path("modelle/<uuid:kennung>/aendern/", views_modelle.aendern, name="modell_aendern"),
    guarded_path("modelle/<uuid:kennung>/beantragen/", views_modelle.beantragen, name="modell_beantragen"),
    guarded_path("modelle/<uuid:kennung>/freigeben/", views_modelle.freigeben, name="modell_freigeben"),
    guarded_path("modelle/<uuid:kennung>/sperren/", views_modelle.sperren, name="modell_sperren"),
    guarded_path("zwecke/<str:schluessel>/", views_zwecke.zweck, name="zweck"),
    guarded_path("energie/", views_energie.vergleich, name="energie"),
    guarded_path("energie/erklaerung/", views_energie.erklaert, name="energie_erklaert"),
    guarded_path("zugaenge/", views_zugaenge.liste, name="zugaenge"),
    guarded_path("zugaenge/neu/", views_zugaenge.neu, name="zugang_neu"),
    guarded_path("zugaenge/eigener/", views_zugaenge.eigener, name="zugang_eigener"),
    guarded_path("zugaenge/<uuid:kennung>/widerrufen/", views_zugaenge.widerrufen, name="zugang_widerrufen"),
    guarded_path("aufrufe/", views_aufrufe.liste, name="aufrufe"),
    guarded_path("aufrufe/<uuid:kennung>/", views_aufrufe.aufruf, name="aufruf"),
    guarded_path("werkzeuge/", views_werkzeuge.liste, name="werkzeuge"),
    guarded_path("werkzeuge/<uuid:kennung>/", views_werkzeuge.aufruf, name="werkzeug"),
    guarded_path("einsicht/", views_einsicht.liste, name="einsichten"),
    guarded_path("einsicht/<uuid:kennung>/", views_einsicht.einsicht, name="einsicht"),
]

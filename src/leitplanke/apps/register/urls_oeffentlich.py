"""The public register: pages, files, feed, interface; and taking over entries. Fixed words go before names."""

from __future__ import annotations

from leitplanke.apps.register import views_einlesen, views_oeffentlich, views_oeffentlich_dateien, views_schnittstelle
from leitplanke.base.accounts.access import guarded_path

ENTRY = "ki-register/<slug:kuerzel>/"
API = "ki-register/api/v1/"

urlpatterns = [
    guarded_path("ki-register/", views_oeffentlich.liste, name="oeffentlich"),
    guarded_path("ki-register/register.csv", views_oeffentlich_dateien.tabelle, name="csv"),
    guarded_path("ki-register/feed.atom", views_oeffentlich_dateien.feed, name="feed"),
    guarded_path(f"{API}openapi.json", views_schnittstelle.openapi_document, name="api_openapi"),
    guarded_path(f"{API}schema/eintrag-<str:version>.json", views_schnittstelle.schema, name="api_schema"),
    guarded_path(f"{API}katalog.jsonld", views_schnittstelle.katalog, name="api_katalog"),
    guarded_path(f"{API}export.json", views_schnittstelle.export, name="api_export"),
    guarded_path(f"{API}niederlande.json", views_schnittstelle.niederlande, name="api_niederlande"),
    guarded_path(f"{API}eintraege", views_schnittstelle.eintraege, name="api_eintraege"),
    guarded_path(f"{API}eintraege/<slug:kuerzel>", views_schnittstelle.eintrag, name="api_eintrag"),
    guarded_path(f"{API}eintraege/<slug:kuerzel>/fassungen", views_schnittstelle.fassungen, name="api_fassungen"),
    guarded_path(
        f"{API}eintraege/<slug:kuerzel>/niederlande",
        views_schnittstelle.niederlande_eintrag,
        name="api_niederlande_eintrag",
    ),
    guarded_path(f"{API}eintraege/<slug:kuerzel>/schema-org", views_schnittstelle.schema_org, name="api_schema_org"),
    guarded_path("register/uebernehmen/", views_einlesen.einlesen, name="einlesen"),
    guarded_path("register/uebernehmen/<uuid:kennung>/", views_einlesen.uebernahme, name="uebernahme"),
    guarded_path(ENTRY, views_oeffentlich.eintrag, name="eintrag"),
    guarded_path(f"{ENTRY}einfach/", views_oeffentlich.einfach, name="einfach"),
    guarded_path(f"{ENTRY}verlauf/", views_oeffentlich.verlauf, name="verlauf_oeffentlich"),
    guarded_path(f"{ENTRY}verlauf/<int:nummer>/", views_oeffentlich.fassung, name="fassung_oeffentlich"),
    guarded_path(f"{ENTRY}qr.svg", views_oeffentlich_dateien.qr, name="qr"),
    guarded_path(f"{ENTRY}aushang.pdf", views_oeffentlich_dateien.aushang, name="aushang"),
]

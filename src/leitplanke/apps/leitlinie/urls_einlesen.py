"""Addresses of reading an existing guideline, and of passing guidelines on."""

from leitplanke.apps.leitlinie import views_austausch, views_einlesen
from leitplanke.base.accounts.access import guarded_path

HERE = "amt/leitlinie/einlesen/"
ONE = f"{HERE}<int:kennung>/"

urlpatterns = [
    guarded_path("leitlinie/export/", views_austausch.export_oeffentlich, name="export_oeffentlich"),
    guarded_path("amt/leitlinie/fassung/<int:nummer>/export/", views_austausch.export, name="export"),
    guarded_path("amt/leitlinie/uebernehmen/", views_austausch.uebernehmen, name="uebernehmen"),
    guarded_path(HERE, views_einlesen.einlesen, name="einlesen"),
    guarded_path(ONE, views_einlesen.einlesung, name="einlesung"),
    guarded_path(f"{ONE}stand/", views_einlesen.stand, name="einlesung_stand"),
    guarded_path(f"{ONE}original/", views_einlesen.original, name="einlesung_original"),
    guarded_path(f"{ONE}loeschen/", views_einlesen.loeschen, name="einlesung_loeschen"),
]

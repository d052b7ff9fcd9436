"""Addresses of Regelwerke."""

from leitplanke.apps.regelwerk import views, views_rechner
from leitplanke.base.accounts.access import guarded_path

app_name = "regelwerk"
urlpatterns = [
    guarded_path("", views.liste, name="liste"),
    guarded_path("<slug:name>/", views.regelwerk, name="regelwerk"),
    guarded_path("<slug:name>/rechner/", views_rechner.rechner, name="rechner"),
    guarded_path("<slug:name>/faelle/", views.faelle, name="faelle"),
    guarded_path("<slug:name>/vergleich/", views.vergleich, name="vergleich"),
    guarded_path("<slug:name>/bild.svg", views.bild, name="bild"),
]

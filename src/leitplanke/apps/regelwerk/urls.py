"""Addresses of Regelwerke."""

from leitplanke.apps.regelwerk import views, views_aendern, views_rechner
from leitplanke.base.accounts.access import guarded_path

app_name = "regelwerk"
urlpatterns = [
    guarded_path("", views.liste, name="liste"),
    guarded_path("aenderung/<int:pk>/", views_aendern.aenderung, name="aenderung"),
    guarded_path("aenderung/<int:pk>/freigeben/", views_aendern.freigeben, name="freigeben"),
    guarded_path("aenderung/<int:pk>/zurueckziehen/", views_aendern.zurueckziehen, name="zurueckziehen"),
    guarded_path("<slug:name>/", views.regelwerk, name="regelwerk"),
    guarded_path("<slug:name>/rechner/", views_rechner.rechner, name="rechner"),
    guarded_path("<slug:name>/faelle/", views.faelle, name="faelle"),
    guarded_path("<slug:name>/vergleich/", views.vergleich, name="vergleich"),
    guarded_path("<slug:name>/bild.svg", views.bild, name="bild"),
    guarded_path("<slug:name>/aendern/<slug:eintrag>/", views_aendern.aendern, name="aendern"),
]

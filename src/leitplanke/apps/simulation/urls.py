"""Addresses of simulations."""

from leitplanke.apps.simulation import views
from leitplanke.base.accounts.access import guarded_path

app_name = "simulation"
urlpatterns = [
    guarded_path("", views.liste, name="liste"),
    guarded_path("neu/", views.neu, name="neu"),
    guarded_path("<uuid:kennung>/", views.ergebnis, name="ergebnis"),
    guarded_path("<uuid:kennung>/stand/", views.stand, name="stand"),
    guarded_path("<uuid:kennung>/bild/<int:nummer>/", views.bild, name="bild"),
    guarded_path("<uuid:kennung>/ausgeben/", views.ausgeben, name="ausgeben"),
    guarded_path("<uuid:kennung>/abbrechen/", views.abbrechen, name="abbrechen"),
    guarded_path("<uuid:kennung>/loeschen/", views.loeschen, name="loeschen"),
]

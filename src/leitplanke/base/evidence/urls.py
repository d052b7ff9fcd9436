"""Addresses of evidence."""

from leitplanke.base.accounts.access import guarded_path
from leitplanke.base.evidence import views, views_resolution

app_name = "evidence"
urlpatterns = [
    guarded_path("", views.overview, name="list"),
    guarded_path("pruefpunkte/", views.checkpoints, name="checkpoints"),
    guarded_path("pruefpunkte/<int:groesse>.txt", views.checkpoint, name="checkpoint"),
    guarded_path("schluessel.txt", views.keys, name="keys"),
    guarded_path("aufloesung/", views_resolution.resolutions, name="resolutions"),
    guarded_path("aufloesung/<uuid:kennung>/entscheiden/", views_resolution.decide, name="decide"),
    guarded_path("aufloesung/<uuid:kennung>/name/", views_resolution.show_name, name="show_name"),
    guarded_path("<uuid:kennung>/", views.entry, name="entry"),
    guarded_path("<uuid:kennung>/nachweis.json", views.proof, name="proof"),
]

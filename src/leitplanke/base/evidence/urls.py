"""Addresses of evidence."""

from leitplanke.base.accounts.access import guarded_path
from leitplanke.base.evidence import views

app_name = "evidence"
urlpatterns = [
    guarded_path("", views.overview, name="list"),
    guarded_path("pruefpunkte/", views.checkpoints, name="checkpoints"),
    guarded_path("pruefpunkte/<int:groesse>.txt", views.checkpoint, name="checkpoint"),
    guarded_path("schluessel.txt", views.keys, name="keys"),
    guarded_path("<uuid:kennung>/", views.entry, name="entry"),
    guarded_path("<uuid:kennung>/nachweis.json", views.proof, name="proof"),
]

"""Addresses for work lists and intake."""

from leitplanke.apps.antrag import views_eingang, views_liste
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [
    guarded_path("vorgaenge/", views_liste.liste, name="liste"),
    guarded_path("vorgaenge/zahlen/", views_liste.zahlen, name="zahlen"),
    guarded_path("vorgaenge/verfahren/", views_liste.einstellungen, name="einstellungen"),
    guarded_path("vorgaenge/verfahren/<slug:verfahren>/", views_liste.einstellung, name="einstellung"),
    guarded_path("vorgaenge/eingang/", views_eingang.eingang, name="eingang"),
    guarded_path("vorgaenge/eingang/<slug:verfahren>/", views_eingang.erfassen, name="erfassen"),
    guarded_path("vorgaenge/<uuid:kennung>/erfasst/", views_eingang.erfasst, name="erfasst"),
    guarded_path("vorgaenge/<uuid:kennung>/zugang/", views_eingang.zugang, name="zugang"),
]

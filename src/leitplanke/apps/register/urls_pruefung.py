"""Evaluation: plans, blind ratings, results."""

from __future__ import annotations

from leitplanke.apps.register import views_beurteilen
from leitplanke.apps.register import views_pruefung as views
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [
    guarded_path("register/bewertung/<uuid:kennung>/", views.pruefplan, "pruefplan"),
    guarded_path("register/bewertung/<uuid:kennung>/auswerten/", views.auswerten, "auswerten"),
    guarded_path("register/bewertung/<uuid:kennung>/faelle/", views.faelle_laden, "blindfaelle"),
    guarded_path("register/bewertung/<uuid:kennung>/beurteilen/", views_beurteilen.beurteilen, "beurteilen"),
    guarded_path("register/bewertung/<uuid:kennung>/klaeren/", views_beurteilen.klaeren, "klaeren"),
    guarded_path("register/ergebnis/<uuid:kennung>/", views.ergebnis, "ergebnis"),
    guarded_path("register/ergebnis/<uuid:kennung>/bild/<slug:name>.svg", views.ergebnis_bild, "ergebnis_bild"),
    guarded_path("register/ergebnis/<uuid:kennung>/bericht.<slug:endung>", views.ergebnis_datei, "ergebnis_datei"),
    guarded_path("register/<slug:kuerzel>/bewertung/", views.bewertung, "bewertung"),
    guarded_path("register/<slug:kuerzel>/bewertung/plan/", views.plan_neu, "plan_neu"),
]

"""Guided documents."""

from __future__ import annotations

from leitplanke.apps.register import views_papiere
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [
    guarded_path("ki-register/<slug:kuerzel>/unterlagen/<slug:art>.pdf", views_papiere.oeffentlich, "unterlage_offen"),
    guarded_path("register/<slug:kuerzel>/unterlagen/", views_papiere.unterlagen, "unterlagen"),
    guarded_path("register/<slug:kuerzel>/unterlagen/<slug:art>/", views_papiere.unterlage, "unterlage"),
    guarded_path(
        "register/<slug:kuerzel>/unterlagen/<slug:art>/fertig/", views_papiere.fertigstellen, "unterlage_fertig"
    ),
    guarded_path(
        "register/<slug:kuerzel>/unterlagen/<slug:art>/<int:nummer>.<slug:endung>",
        views_papiere.datei,
        "unterlage_datei",
    ),
]

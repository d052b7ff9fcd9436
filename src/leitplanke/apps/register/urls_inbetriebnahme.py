"""Going live: own parts to check and sign."""

from __future__ import annotations

from leitplanke.apps.register import views_inbetriebnahme
from leitplanke.base.accounts.access import guarded_path

PART = "register/inbetriebnahme/<slug:kuerzel>/"

urlpatterns = [
    guarded_path("register/inbetriebnahme/", views_inbetriebnahme.liste, name="inbetriebnahme"),
    guarded_path(PART, views_inbetriebnahme.teil, name="inbetriebnahme_teil"),
    guarded_path(f"{PART}einstufen/", views_inbetriebnahme.einstufen, name="inbetriebnahme_einstufen"),
    guarded_path(f"{PART}benennen/", views_inbetriebnahme.benennen, name="inbetriebnahme_benennen"),
]

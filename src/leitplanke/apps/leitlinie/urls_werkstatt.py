"""Addresses of the workshop: versions and their clauses."""

from leitplanke.apps.leitlinie import views
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [
    guarded_path("amt/leitlinie/", views.liste, name="liste"),
]

"""Addresses of comparing guidelines."""

from leitplanke.apps.leitlinie import views_unterschiede
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [
    guarded_path(
        "amt/leitlinie/fassung/<int:nummer>/unterschiede/<int:andere>/",
        views_unterschiede.unterschiede,
        name="unterschiede",
    ),
]

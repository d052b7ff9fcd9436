"""Addresses of comparing guidelines."""

from leitplanke.apps.leitlinie import views_unterschiede, views_vergleich
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [
    guarded_path("amt/leitlinie/vergleich/", views_vergleich.vergleich, name="vergleich"),
    guarded_path("amt/leitlinie/vergleich/tabelle.csv", views_vergleich.vergleich_csv, name="vergleich_csv"),
    guarded_path("amt/leitlinie/wer-wie/", views_vergleich.wer_wie, name="wer_wie"),
    guarded_path(
        "amt/leitlinie/fassung/<int:nummer>/unterschiede/<int:andere>/",
        views_unterschiede.unterschiede,
        name="unterschiede",
    ),
]

"""Addresses of what everybody may read."""

from leitplanke.apps.leitlinie import views_oeffentlich
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [
    guarded_path("leitlinie/", views_oeffentlich.leitlinie, name="oeffentlich"),
    guarded_path("leitlinie/regel/<str:nummer>/", views_oeffentlich.regel, name="regel"),
    guarded_path("leitlinie/dokument/<int:nummer>/<str:art>/<str:form>/", views_oeffentlich.dokument, name="dokument"),
]

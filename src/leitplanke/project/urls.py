"""All addresses of the house."""

from django.urls import include, path

from leitplanke.base.accounts.access import guarded_path
from leitplanke.project import views

urlpatterns = [
    guarded_path("", views.start, name="start"),
    path("konto/", include("allauth.urls")),
    path("wissen/", include("leitplanke.apps.wissen.urls")),
]

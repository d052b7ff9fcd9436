"""All addresses of the house."""

from django.urls import include, path

from leitplanke.base.accounts.access import guarded_path
from leitplanke.base.ui.views import darstellung
from leitplanke.project import views

urlpatterns = [
    guarded_path("", views.start, name="start"),
    guarded_path("darstellung/", darstellung, name="darstellung"),
    path("konto/", include("leitplanke.base.accounts.urls")),
    path("konto/", include("allauth.urls")),
    path("postausgang/", include("leitplanke.base.notify.urls")),
    path("wissen/", include("leitplanke.apps.wissen.urls")),
    path("regelwerke/", include("leitplanke.apps.regelwerk.urls")),
    path("simulationen/", include("leitplanke.apps.simulation.urls")),
    path("gateway/", include("leitplanke.apps.gateway.urls")),
    path("", include("leitplanke.apps.leitlinie.urls")),
    path("", include("leitplanke.apps.register.urls")),
    path("", include("leitplanke.apps.antrag.urls")),
    path("nachweis/", include("leitplanke.base.evidence.urls")),
]

"""Reports, and the overview of all systems with its dates, figures and calendar."""

from leitplanke.apps.register import views_vorfaelle, views_vorfaelle_amt
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [
    guarded_path("ki-register/meldung/", views_vorfaelle.stand, name="meldung_stand"),
    guarded_path("ki-register/meldung/eingang/", views_vorfaelle.eingang, name="meldung_eingang"),
    guarded_path("ki-register/<slug:kuerzel>/melden/", views_vorfaelle.melden, name="melden"),
    guarded_path("register/meldungen/", views_vorfaelle_amt.liste, name="meldungen"),
    guarded_path("register/meldungen/<uuid:kennung>/", views_vorfaelle_amt.meldung, name="meldung"),
]

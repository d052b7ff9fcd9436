"""Reports, and the overview of all systems with its dates, figures and calendar."""

from leitplanke.apps.register import views_ueberblick, views_verbrauch, views_vorfaelle, views_vorfaelle_amt
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [
    guarded_path("ki-register/meldung/", views_vorfaelle.stand, name="meldung_stand"),
    guarded_path("ki-register/meldung/eingang/", views_vorfaelle.eingang, name="meldung_eingang"),
    guarded_path("ki-register/<slug:kuerzel>/melden/", views_vorfaelle.melden, name="melden"),
    guarded_path("register/meldungen/", views_vorfaelle_amt.liste, name="meldungen"),
    guarded_path("register/meldungen/<uuid:kennung>/", views_vorfaelle_amt.meldung, name="meldung"),
    guarded_path("register/ueberblick/", views_ueberblick.ueberblick, name="ueberblick"),
    guarded_path("register/ueberblick/termine/", views_ueberblick.termine, name="termine"),
    guarded_path("register/ueberblick/termine/abo/", views_ueberblick.abo, name="kalender_abo"),
    guarded_path("register/ueberblick/kalender/<slug:zeichen>/", views_ueberblick.kalender, name="kalender"),
    guarded_path("register/ueberblick/hochladen/", views_verbrauch.hochladen, name="zahlen_hochladen"),
    guarded_path("register/<slug:kuerzel>/meldungen/", views_vorfaelle_amt.vorfaelle, name="vorfaelle"),
    guarded_path("register/<slug:kuerzel>/verbrauch/", views_verbrauch.verbrauch, name="verbrauch"),
]

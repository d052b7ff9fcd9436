"""Addresses of the account area; allauth's own follow behind."""

from leitplanke.base.accounts import views, views_confirm, views_demo, views_people
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [
    guarded_path("", views.konto, name="konto"),
    guarded_path("berechtigungen/", views.berechtigungen, name="berechtigungen"),
    guarded_path("vertretung/<int:mitgliedschaft>/neu/", views.vertretung_neu, name="vertretung_neu"),
    guarded_path("vertretung/<int:vertretung>/beenden/", views.vertretung_beenden, name="vertretung_beenden"),
    guarded_path("bestaetigen/", views_confirm.bestaetigen, name="bestaetigen"),
    guarded_path("vorfuehrung/", views_demo.vorfuehrung, name="vorfuehrung"),
    guarded_path("personen/", views_people.personen, name="personen"),
    guarded_path("personen/neu/", views_people.person_neu, name="person_neu"),
    guarded_path("personen/<int:mitgliedschaft>/", views_people.person, name="person"),
    guarded_path("personen/<int:mitgliedschaft>/beenden/", views_people.rolle_beenden, name="rolle_beenden"),
    guarded_path("personen/<int:mitgliedschaft>/vorsitz/", views_people.vorsitz, name="person_vorsitz"),
    guarded_path("personen/<int:mitgliedschaft>/sperren/", views_people.sperren, name="person_sperren"),
]

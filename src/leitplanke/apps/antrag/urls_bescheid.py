"""Addresses for decisions and letters."""

from leitplanke.apps.antrag import views_bescheid, views_schreiben, views_schritte, views_umformulieren, views_zugang
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [
    guarded_path("vorgaenge/ausgang/", views_schreiben.ausgang, name="ausgang"),
    guarded_path("vorgaenge/<uuid:kennung>/entscheiden/", views_bescheid.entscheiden, name="entscheiden"),
    guarded_path(
        "vorgaenge/<uuid:kennung>/entscheidung/<int:nummer>/", views_bescheid.entscheidung, name="entscheidung"
    ),
    guarded_path("vorgaenge/<uuid:kennung>/schreiben/<slug:art>/", views_schreiben.neu, name="schreiben_neu"),
    guarded_path("vorgaenge/<uuid:kennung>/schritt/<slug:act>/", views_schritte.schritt, name="schritt"),
    guarded_path("schreiben/<uuid:kennung>/", views_schreiben.schreiben, name="schreiben"),
    guarded_path("schreiben/<uuid:kennung>/umformulieren/", views_umformulieren.umformulieren, name="umformulieren"),
    guarded_path("schreiben/<uuid:kennung>/zugang/", views_zugang.zugang, name="schreiben_zugang"),
    guarded_path("schreiben/<uuid:kennung>/datei.<slug:form>", views_schreiben.datei, name="schreiben_datei"),
]

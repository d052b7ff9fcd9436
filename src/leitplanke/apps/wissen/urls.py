"""Addresses of Wissen."""

from leitplanke.apps.wissen import views, views_sources, views_umformulieren
from leitplanke.base.accounts.access import guarded_path

app_name = "wissen"
urlpatterns = [
    guarded_path("", views.liste, name="liste"),
    guarded_path("fragen/", views.fragen, name="fragen"),
    guarded_path("antwort/<uuid:kennung>/", views.antwort, name="antwort"),
    guarded_path("antwort/<uuid:kennung>/umformulieren/", views_umformulieren.umformulieren, name="umformulieren"),
    guarded_path("verlauf/", views.verlauf, name="verlauf"),
    guarded_path("verlauf/loeschen/", views.verlauf_loeschen, name="verlauf_loeschen"),
    guarded_path("stichworte/", views_sources.stichworte, name="stichworte"),
    guarded_path("stichworte/<int:pk>/", views_sources.stichworte, name="stichwort"),
    guarded_path("stichworte/<int:pk>/loeschen/", views_sources.stichwort_loeschen, name="stichwort_loeschen"),
    guarded_path("raum-neu/", views_sources.raum_neu, name="raum_neu"),
    guarded_path("fassung/<int:pk>/", views.fassung, name="fassung"),
    guarded_path("fassung/<int:pk>/pruefen/", views_sources.pruefen, name="pruefen"),
    guarded_path("fassung/<int:pk>/original/", views_sources.original, name="original"),
    guarded_path("fassung/<int:pk>/seite/<int:nummer>/", views_sources.original_seite, name="original_seite"),
    guarded_path("fassung/<int:pk>/freigeben/", views_sources.freigeben, name="freigeben"),
    guarded_path("fassung/<int:pk>/zurueckziehen/", views_sources.zurueckziehen, name="zurueckziehen"),
    guarded_path("<slug:kurz>/", views.raum, name="raum"),
    guarded_path("<slug:kurz>/bearbeiten/", views_sources.raum_bearbeiten, name="raum_bearbeiten"),
    guarded_path("<slug:kurz>/quellen/", views_sources.quellen, name="quellen"),
    guarded_path("<slug:kurz>/quellen/neu/", views_sources.quelle_neu, name="quelle_neu"),
    guarded_path("<slug:kurz>/quellen/stand/", views_sources.index_stand, name="index_stand"),
]

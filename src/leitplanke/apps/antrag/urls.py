"""Addresses of applications."""

from leitplanke.apps.antrag import urls_akte, urls_bescheid, urls_buerger, urls_daten, urls_liste

app_name = "antrag"
urlpatterns = [
    *urls_buerger.urlpatterns,
    *urls_liste.urlpatterns,
    *urls_akte.urlpatterns,
    *urls_bescheid.urlpatterns,
    *urls_daten.urlpatterns,
]

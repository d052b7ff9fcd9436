"""Addresses of the guideline: what everybody reads, and the workshop."""

from leitplanke.apps.leitlinie import (
    urls_beschluss,
    urls_einlesen,
    urls_oeffentlich,
    urls_strategie,
    urls_vergleich,
    urls_werkstatt,
)

app_name = "leitlinie"
urlpatterns = [
    *urls_oeffentlich.urlpatterns,
    *urls_werkstatt.urlpatterns,
    *urls_einlesen.urlpatterns,
    *urls_vergleich.urlpatterns,
    *urls_beschluss.urlpatterns,
    *urls_strategie.urlpatterns,
]

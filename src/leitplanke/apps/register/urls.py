"""Addresses of the register: `/ki-register/` for everybody, `/register/` for the office."""

from leitplanke.apps.register import (
    urls_amt,
    urls_inbetriebnahme,
    urls_oeffentlich,
    urls_papiere,
    urls_pruefung,
    urls_vorfaelle,
)

app_name = "register"
# Fixed names below both roots come before those with the short name of an entry.
urlpatterns = [
    *urls_inbetriebnahme.urlpatterns,
    *urls_vorfaelle.urlpatterns,
    *urls_oeffentlich.urlpatterns,
    *urls_papiere.urlpatterns,
    *urls_pruefung.urlpatterns,
    *urls_amt.urlpatterns,
]

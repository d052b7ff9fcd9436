"""Addresses of the gateway's pages; the door itself is under `/v1/`."""

from leitplanke.apps.gateway import urls_amt

app_name = "gateway"
urlpatterns = [*urls_amt.urlpatterns]

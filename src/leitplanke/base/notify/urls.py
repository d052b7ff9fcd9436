"""Addresses of the outbox."""

from leitplanke.base.accounts.access import guarded_path
from leitplanke.base.notify import views

app_name = "notify"
urlpatterns = [
    guarded_path("", views.postausgang, name="postausgang"),
    guarded_path("<int:nachricht>/", views.nachricht, name="nachricht"),
    guarded_path("einstellungen/", views.einstellungen, name="einstellungen"),
]

"""Addresses of the account area; allauth's own follow behind."""

from leitplanke.base.accounts import views
from leitplanke.base.accounts.access import guarded_path

urlpatterns = [guarded_path("", views.konto, name="konto")]

"""Addresses of sign-off, adoption and what follows."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses of comparing guidelines."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses of goals and the self-assessment."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

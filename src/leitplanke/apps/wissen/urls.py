"""Addresses of Wissen."""

from django.urls import URLPattern

app_name = "wissen"
urlpatterns: list[URLPattern] = []

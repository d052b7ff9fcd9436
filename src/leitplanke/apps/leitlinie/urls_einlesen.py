"""Addresses of reading an existing guideline."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

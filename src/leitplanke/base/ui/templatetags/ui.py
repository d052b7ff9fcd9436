"""Template tags of our interface."""

from django import template

register = template.Library()

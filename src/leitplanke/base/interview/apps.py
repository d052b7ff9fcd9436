"""Django registration of the interview."""

from django.apps import AppConfig


class InterviewConfig(AppConfig):
    """Any Regelwerk as pages of questions and answers."""

    name = "leitplanke.base.interview"
    label = "interview"
    verbose_name = "Befragung"

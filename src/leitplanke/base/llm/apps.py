"""Django registration of the door to models."""

from django.apps import AppConfig


class LlmConfig(AppConfig):
    """The door to language models."""

    name = "leitplanke.base.llm"
    label = "llm"
    verbose_name = "Sprachmodelle"

"""Django registration of Simulation."""

from django.apps import AppConfig


class SimulationConfig(AppConfig):
    """What law comes to over many cases."""

    name = "leitplanke.apps.simulation"
    label = "simulation"
    verbose_name = "Simulation"

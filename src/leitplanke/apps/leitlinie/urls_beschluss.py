"""Addresses of sign-off, adoption and what follows."""

from leitplanke.apps.leitlinie import views_beschluss, views_kenntnis, views_probieren, views_schulung
from leitplanke.base.accounts.access import guarded_path

HERE = "amt/leitlinie/fassung/<int:nummer>/mitzeichnung/"
TRAINING = "amt/leitlinie/schulungen/"

urlpatterns = [
    guarded_path(HERE, views_beschluss.mitzeichnung, name="mitzeichnung"),
    guarded_path(f"{HERE}vorlegen/", views_beschluss.vorlegen, name="vorlegen"),
    guarded_path(f"{HERE}zeichnen/", views_beschluss.zeichnen, name="zeichnen"),
    guarded_path(f"{HERE}zurueckholen/", views_beschluss.zurueckholen, name="zurueckholen"),
    guarded_path(f"{HERE}verwerfen/", views_beschluss.verwerfen, name="verwerfen"),
    guarded_path(f"{HERE}beschliessen/", views_beschluss.beschliessen, name="beschliessen"),
    guarded_path(f"{HERE}zuruecknehmen/", views_beschluss.zuruecknehmen, name="zuruecknehmen"),
    guarded_path("leitlinie/kenntnis/", views_kenntnis.kenntnis, name="kenntnis"),
    guarded_path("leitlinie/kenntnis/gelesen/", views_kenntnis.gelesen, name="gelesen"),
    guarded_path("amt/leitlinie/kenntnis/", views_kenntnis.ueberblick, name="kenntnis_ueberblick"),
    guarded_path("leitlinie/schulung/", views_schulung.eigene, name="eigene_schulungen"),
    guarded_path(TRAINING, views_schulung.schulungen, name="schulungen"),
    guarded_path(f"{TRAINING}liste/", views_schulung.liste, name="schulungen_liste"),
    guarded_path(f"{TRAINING}<int:nachweis>/loeschen/", views_schulung.loeschen, name="schulung_loeschen"),
    guarded_path("amt/leitlinie/ausprobieren/", views_probieren.ausprobieren, name="ausprobieren"),
    guarded_path("amt/leitlinie/fassung/<int:nummer>/probelauf/", views_probieren.probelauf, name="probelauf"),
]

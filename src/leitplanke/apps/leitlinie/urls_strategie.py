"""Addresses of goals and the self-assessment."""

from leitplanke.apps.leitlinie import views_selbstbewertung as selbst
from leitplanke.apps.leitlinie import views_strategie as strategie
from leitplanke.base.accounts.access import guarded_path

SELBST, STRATEGIE = "amt/leitlinie/selbstbewertung/", "amt/leitlinie/strategie/"
urlpatterns = [
    guarded_path("leitlinie/stand/", strategie.stand, name="stand"),
    guarded_path("leitlinie/stand/pdf/", strategie.stand_pdf, name="stand_pdf"),
    guarded_path(SELBST, selbst.selbstbewertung, name="selbstbewertung"),
    guarded_path(f"{SELBST}festhalten/", selbst.festhalten, name="selbst_festhalten"),
    guarded_path(f"{SELBST}<int:nummer>/", selbst.stand, name="selbst_stand"),
    guarded_path(f"{SELBST}<int:nummer>/bericht/<slug:form>/", selbst.bericht, name="selbst_bericht"),
    guarded_path(f"{SELBST}punkt/<slug:punkt>/", selbst.punkt, name="selbst_punkt"),
    guarded_path(f"{SELBST}nachweis/<int:nachweis>/", selbst.zurueckziehen, name="selbst_zurueckziehen"),
    guarded_path(STRATEGIE, strategie.strategie, name="strategie"),
    guarded_path(f"{STRATEGIE}leitbild/", strategie.leitbild, name="leitbild"),
    guarded_path(f"{STRATEGIE}neu/", strategie.ziel_neu, name="ziel_neu"),
    guarded_path(f"{STRATEGIE}<int:ziel>/", strategie.ziel, name="ziel"),
    guarded_path(f"{STRATEGIE}<int:ziel>/aendern/", strategie.ziel_aendern, name="ziel_aendern"),
]

"""Who may do what with the gateway."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.accounts.permissions import Permission
from leitplanke.base.accounts.roles import EMPLOYEES, STAFF, Rolle

RUNNING = frozenset({Rolle.IT, Rolle.KI_BEAUFTRAGTE})
DECLARING = frozenset({Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE})
WATCHING = RUNNING | {Rolle.DATENSCHUTZ, Rolle.PERSONALRAT}

PERMISSIONS = [
    Permission("gateway.view", _("Gateway: Ampel, Modelle und Zwecke sehen"), STAFF),
    Permission("gateway.look", _("„Was sieht das Modell?“: Text prüfen und pseudonymisieren"), EMPLOYEES),
    Permission("gateway.energy", _("Modelle nach Energie und Kosten vergleichen"), STAFF),
    Permission("gateway.calls", _("Aufrufe ohne Inhalt und ohne Personen sehen"), WATCHING),
    Permission("gateway.models", _("Modelle eintragen und Freigabe beantragen"), RUNNING),
    Permission("gateway.release_model", _("Ein Modell freigeben, das jemand anders beantragt hat"), RUNNING),
    Permission("gateway.block_model", _("Ein Modell sofort sperren"), WATCHING),
    Permission(
        "gateway.purposes", _("Zwecke einrichten: Modelle, Daten, Werkzeuge"), frozenset({Rolle.KI_BEAUFTRAGTE})
    ),
    Permission("gateway.keys", _("Zugangsschlüssel anlegen"), RUNNING),
    Permission("gateway.own_key", _("Eigenen Zugangsschlüssel anlegen und widerrufen"), EMPLOYEES),
    Permission("gateway.revoke_key", _("Jeden Zugangsschlüssel sofort widerrufen"), WATCHING),
    Permission(
        "gateway.tools", _("Werkzeugaufrufe eines Modells freigeben oder ablehnen"),
        frozenset({Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE}),
    ),
    Permission("gateway.public", _("Öffentliche Namen eintragen"), DECLARING | {Rolle.IT}),
    Permission("gateway.release_public", _("Öffentliche Namen freigeben, die andere eingetragen haben"), DECLARING),
    Permission("gateway.withdraw_public", _("Einen öffentlichen Namen sofort zurückziehen"), WATCHING | DECLARING),
    Permission("gateway.disclose", _("Aufbewahrten Inhalt mit Anlass und zwei Rollen einsehen"),
               frozenset({Rolle.DATENSCHUTZ, Rolle.PERSONALRAT, Rolle.KI_BEAUFTRAGTE})),
]  # fmt: skip

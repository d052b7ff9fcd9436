from datetime import date

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

# Roles with which somebody works here, as they were named when this was written.
WORKING = ("sachbearbeitung", "leitung", "ki_beauftragte", "datenschutz", "personalrat", "it", "administration")


def fill(apps, schema_editor):
    """Give each personal key the roles that its owner holds now; one whose membership has ended stays closed."""
    keys = apps.get_model("llm", "Zugangsschluessel").objects.filter(art="person", inhaber__isnull=False)
    for key in keys.select_related("inhaber"):
        today = timezone.localdate()
        held = _held(apps, key, today) if _holds(key.inhaber, today) else set()
        key.rollen = [role for role in WORKING if role in held]
        key.save(update_fields=["rollen"])


def _holds(membership, today: date) -> bool:
    return membership.von <= today and (membership.bis is None or today <= membership.bis)


def _held(apps, key, today: date) -> set[str]:
    rows = apps.get_model("accounts", "Mitgliedschaft").objects.filter(
        Q(bis__isnull=True) | Q(bis__gte=today), mandant_id=key.mandant_id, person_id=key.inhaber.person_id,
        von__lte=today,
    )  # fmt: skip
    return set(rows.values_list("rolle", flat=True))


class Migration(migrations.Migration):

    dependencies = [
        ("llm", "0005_oeffentliche_angaben"),
        ("accounts", "0003_mitgliedschaft_vorsitz"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

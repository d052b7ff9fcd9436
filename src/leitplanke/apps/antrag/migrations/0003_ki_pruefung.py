"""Who checked the words of a model in a letter."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add it to letters."""

    dependencies: ClassVar = [("antrag", "0002_gefunden")]
    operations: ClassVar = [
        migrations.AddField(model_name="schreiben", name="ki_pruefung", field=models.JSONField(default=dict)),
    ]

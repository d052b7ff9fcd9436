from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('leitlinie', '0003_beschluss'),
        ('leitlinie', '0003_einlesung'),
    ]

    operations = []

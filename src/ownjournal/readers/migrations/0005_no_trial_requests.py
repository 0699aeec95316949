"""Addresses that asked for a trial: whoever wants one joins by a code now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("readers", "0004_practice"),
    ]

    operations = [
        migrations.DeleteModel(name="TrialRequest"),
    ]

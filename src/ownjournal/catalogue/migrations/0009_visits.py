"""When a visit to NLM was last heard to go on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0008_by_revision"),
    ]

    operations = [
        migrations.AddField(
            model_name="sync",
            name="seen_at",
            field=models.DateTimeField(null=True),
        ),
    ]

"""When each worker was last seen at work."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_retractions_and_yields"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkerSeen",
            fields=[
                (
                    "name",
                    models.CharField(max_length=32, primary_key=True, serialize=False),
                ),
                ("seen_at", models.DateTimeField()),
            ],
        ),
    ]

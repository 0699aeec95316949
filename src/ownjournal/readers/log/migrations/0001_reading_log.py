"""The reading log."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("readers", "0004_practice"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("pmid", models.BigIntegerField()),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("opened", "Opened"),
                            ("read", "Read"),
                            ("saved", "Saved"),
                            ("rated", "Rated"),
                            ("noted", "Noted"),
                        ],
                        max_length=6,
                    ),
                ),
                ("done_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("title", models.TextField()),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reflection", models.TextField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=40, null=True)),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="log",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-done_on", "-at", "-id"],
                "indexes": [
                    models.Index(fields=["reader", "-done_on"], name="log_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reader", "pmid", "deed", "done_on"),
                        name="log_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deed__in", ["opened", "read", "saved", "rated", "noted"])
                        ),
                        name="log_deed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minutes", None),
                            models.Q(("minutes__gte", 1), ("minutes__lte", 1440)),
                            _connector="OR",
                        ),
                        name="log_minutes",
                    ),
                ],
            },
        ),
    ]

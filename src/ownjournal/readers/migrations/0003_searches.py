"""Readers may follow searches, and may have their past ones kept.

A search is kept as its address. How many of its articles are new is counted up to a
revision and kept, so that opening the list counts only what came in since.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("readers", "0002_institutions"),
    ]

    operations = [
        migrations.AddField(
            model_name="reader",
            name="keeps_searches",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="PastSearch",
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
                ("parameters", models.TextField()),
                ("searched_at", models.DateTimeField()),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-searched_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reader", "parameters"), name="past_search_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
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
                ("name", models.CharField(max_length=200)),
                ("parameters", models.TextField()),
                ("place", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_revision", models.BigIntegerField()),
                ("counted_revision", models.BigIntegerField()),
                ("new", models.PositiveIntegerField(default=0)),
                ("feed_number", models.PositiveIntegerField(default=0)),
                ("has_feed", models.BooleanField(default=False)),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["place", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reader", "parameters"), name="saved_search_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counted_revision__gte", models.F("seen_revision"))
                        ),
                        name="saved_search_counted",
                    ),
                ],
            },
        ),
    ]

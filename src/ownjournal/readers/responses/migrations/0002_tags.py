"""Readers put tags on saved articles."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("responses", "0001_responses"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedTag",
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
                ("name", models.CharField(max_length=40)),
                (
                    "saved",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tags",
                        to="responses.saved",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "indexes": [models.Index(fields=["name"], name="saved_by_tag")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("saved", "name"), name="tagged_once"
                    )
                ],
            },
        ),
    ]

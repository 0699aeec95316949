"""Abbreviations are learned from the articles that define them.

One row keeps up to which revision, so that each article is counted once.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_services"),
    ]

    operations = [
        migrations.CreateModel(
            name="AbbreviationsLearned",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, primary_key=True, serialize=False
                    ),
                ),
                ("revision", models.BigIntegerField(default=0)),
                ("articles", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Abbreviation",
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
                ("short", models.CharField(max_length=10)),
                ("short_folded", models.CharField(max_length=10)),
                ("long", models.CharField(db_index=True, max_length=200)),
                ("articles", models.IntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("short_folded", "long"), name="one_row_an_abbreviation"
                    )
                ]
            },
        ),
    ]

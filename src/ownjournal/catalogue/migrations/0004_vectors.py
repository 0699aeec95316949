"""Vectors of what articles are about, where the extra `semantic` is installed.

They are made again when they are lost.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_abbreviations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Vector",
            fields=[
                ("pmid", models.IntegerField(primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField(db_index=True, null=True)),
                ("made_from", models.BigIntegerField(null=True)),
                ("packed", models.BinaryField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="VectorsFollowed",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, primary_key=True, serialize=False
                    ),
                ),
                ("model", models.TextField()),
                ("revision", models.BigIntegerField(default=0)),
            ],
        ),
    ]

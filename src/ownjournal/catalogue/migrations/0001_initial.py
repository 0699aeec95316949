"""The catalogue: articles, names, files applied, and the clock they are stamped by."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AppliedFile",
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
                ("name", models.CharField(db_index=True, max_length=255)),
                ("file_key", models.IntegerField(db_index=True)),
                ("md5", models.CharField(max_length=32)),
                ("verified", models.BooleanField()),
                ("revision", models.BigIntegerField(unique=True)),
                ("applied_at", models.DateTimeField()),
                ("articles", models.IntegerField()),
                ("deletions", models.IntegerField()),
                ("changed", models.IntegerField()),
                ("rejected", models.IntegerField()),
                ("out_of_scope", models.IntegerField(default=0)),
                ("unknown", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("pmid", models.IntegerField(primary_key=True, serialize=False)),
                ("version", models.SmallIntegerField()),
                ("file_key", models.IntegerField()),
                ("content_hash", models.BigIntegerField()),
                ("live", models.BooleanField()),
                ("revision", models.BigIntegerField(db_index=True)),
                ("first_revision", models.BigIntegerField()),
                ("quality", models.SmallIntegerField(null=True)),
                ("significance", models.SmallIntegerField(null=True)),
                ("record", models.BinaryField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Baseline",
            fields=[
                ("year", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("closed_at", models.DateTimeField()),
                ("revision", models.BigIntegerField()),
                ("vanished", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, primary_key=True, serialize=False
                    ),
                ),
                ("revision", models.BigIntegerField(default=0)),
                ("live_articles", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Descriptor",
            fields=[
                (
                    "ui",
                    models.CharField(max_length=10, primary_key=True, serialize=False),
                ),
                ("name", models.TextField(db_index=True)),
                ("scope_note", models.TextField(null=True)),
                ("kind", models.SmallIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Dictionary",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Heading",
            fields=[
                (
                    "ui",
                    models.CharField(max_length=10, primary_key=True, serialize=False),
                ),
                ("name", models.TextField()),
                ("file_key", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Journal",
            fields=[
                (
                    "nlm_id",
                    models.CharField(max_length=16, primary_key=True, serialize=False),
                ),
                ("title", models.TextField(null=True)),
                ("abbreviation", models.TextField(null=True)),
                ("issn_linking", models.CharField(max_length=9, null=True)),
                ("country", models.TextField(null=True)),
                ("file_key", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="RefusedFile",
            fields=[
                (
                    "name",
                    models.CharField(max_length=255, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=32)),
                ("reason", models.TextField()),
                ("refused_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Sync",
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
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("files", models.IntegerField(default=0)),
                ("problem", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="OtherVersion",
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
                ("pmid", models.IntegerField()),
                ("version", models.SmallIntegerField()),
                ("file_key", models.IntegerField()),
                ("content_hash", models.BigIntegerField()),
                ("live", models.BooleanField()),
                ("quality", models.SmallIntegerField(null=True)),
                ("significance", models.SmallIntegerField(null=True)),
                ("record", models.BinaryField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pmid", "version"), name="one_row_a_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Quarantined",
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
                ("pmid", models.IntegerField(null=True)),
                ("reason", models.TextField()),
                ("raw", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quarantine",
                        to="catalogue.appliedfile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Term",
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
                ("folded", models.TextField(db_index=True)),
                ("text", models.TextField()),
                (
                    "descriptor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="catalogue.descriptor",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TreePosition",
            fields=[
                (
                    "number",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                (
                    "descriptor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="catalogue.descriptor",
                    ),
                ),
            ],
        ),
    ]

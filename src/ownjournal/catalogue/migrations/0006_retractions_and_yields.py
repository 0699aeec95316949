"""A list of retractions beside NLM's word, and what each journal yields."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="JournalYield",
            fields=[
                (
                    "nlm_id",
                    models.CharField(max_length=16, primary_key=True, serialize=False),
                ),
                ("articles", models.IntegerField()),
                ("strong", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Retraction",
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
                ("pmid", models.IntegerField(db_index=True, null=True)),
                ("doi", models.CharField(db_index=True, max_length=255, null=True)),
                ("nature", models.CharField(max_length=12)),
                ("dated", models.CharField(max_length=10, null=True)),
                ("notice", models.CharField(max_length=255, null=True)),
                ("reasons", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RetractionList",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("loaded_at", models.DateTimeField()),
                ("entries", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="YieldsLearned",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, primary_key=True, serialize=False
                    ),
                ),
                ("revision", models.BigIntegerField(default=0)),
                ("rules_version", models.SmallIntegerField()),
            ],
        ),
    ]

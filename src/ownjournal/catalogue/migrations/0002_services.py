"""The site may ask others: NLM for an article by its number, Unpaywall for copies.

Each keeps what came of it, so that nobody is asked the same again and again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AskedNumber",
            fields=[
                ("pmid", models.IntegerField(primary_key=True, serialize=False)),
                ("again_at", models.DateTimeField(db_index=True)),
                ("outcome", models.CharField(max_length=12, null=True)),
                ("failures", models.SmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="OpenCopy",
            fields=[
                (
                    "doi",
                    models.CharField(max_length=255, primary_key=True, serialize=False),
                ),
                ("due_at", models.DateTimeField(db_index=True, null=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("url", models.TextField(null=True)),
                ("host", models.CharField(max_length=10, null=True)),
                ("version", models.CharField(max_length=9, null=True)),
                ("licence", models.TextField(null=True)),
                ("failures", models.SmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "name",
                    models.CharField(max_length=16, primary_key=True, serialize=False),
                ),
                ("free_at", models.DateTimeField()),
                ("began_at", models.DateTimeField()),
                ("count", models.IntegerField(default=0)),
                ("failures", models.SmallIntegerField(default=0)),
                ("closed_until", models.DateTimeField(null=True)),
            ],
        ),
    ]

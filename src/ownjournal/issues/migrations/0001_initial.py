"""A reader's issues are kept as they were made, with the reasons.

Articles are named by PMID and not by a key into the catalogue: an issue stays
whole when NLM takes an article back. A snapshot of interests can go only with
the reader whose it is, so it is restricted, not cascaded, from its issues.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InterestSnapshot",
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
                ("digest", models.CharField(max_length=64)),
                ("body", models.BinaryField()),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Issue",
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
                ("number", models.PositiveIntegerField()),
                ("compiled_at", models.DateTimeField()),
                ("after_revision", models.BigIntegerField()),
                ("up_to_revision", models.BigIntegerField()),
                ("considered", models.PositiveIntegerField()),
                ("pool_digest", models.CharField(max_length=64)),
                ("length", models.PositiveSmallIntegerField()),
                ("rules_version", models.PositiveIntegerField()),
                ("newest_file", models.CharField(max_length=200, null=True)),
                ("newest_file_at", models.DateTimeField(null=True)),
                ("missing_files", models.JSONField(default=list)),
                (
                    "interests",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        to="issues.interestsnapshot",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="issues",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="IssueArticle",
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
                ("position", models.PositiveSmallIntegerField()),
                ("pmid", models.BigIntegerField(db_index=True)),
                ("title", models.TextField()),
                ("slot", models.CharField(max_length=8)),
                ("interest_key", models.CharField(max_length=210, null=True)),
                ("interest_name", models.CharField(max_length=500, null=True)),
                ("relevance", models.FloatField()),
                ("quality", models.PositiveSmallIntegerField()),
                ("significance", models.PositiveSmallIntegerField()),
                ("terms", models.JSONField(default=list)),
                ("nearest_seed", models.BigIntegerField(null=True)),
                ("why", models.TextField()),
                ("integrity", models.CharField(max_length=32, null=True)),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="articles",
                        to="issues.issue",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="IssueNotice",
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
                ("pmid", models.BigIntegerField(db_index=True)),
                ("title", models.TextField()),
                ("shown_in", models.PositiveIntegerField()),
                ("integrity", models.CharField(max_length=32)),
                ("reason", models.TextField()),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="issues.issue",
                    ),
                ),
            ],
            options={
                "ordering": ["pmid"],
            },
        ),
        migrations.AddConstraint(
            model_name="interestsnapshot",
            constraint=models.UniqueConstraint(
                fields=("reader", "digest"), name="snapshot_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.UniqueConstraint(
                fields=("reader", "number"), name="issue_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="issue_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="issuearticle",
            constraint=models.UniqueConstraint(
                fields=("issue", "position"), name="issue_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="issuearticle",
            constraint=models.UniqueConstraint(
                fields=("issue", "pmid"), name="issue_pmid"
            ),
        ),
        migrations.AddConstraint(
            model_name="issuearticle",
            constraint=models.CheckConstraint(
                condition=models.Q(("slot__in", ("lead", "practice", "outside"))),
                name="issue_slot",
            ),
        ),
        migrations.AddConstraint(
            model_name="issuenotice",
            constraint=models.UniqueConstraint(
                fields=("issue", "pmid"), name="notice_once"
            ),
        ),
    ]

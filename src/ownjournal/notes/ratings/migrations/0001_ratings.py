"""Readers rate articles in taps; what is told of it counts at least three of them."""

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
            name="Told",
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
                    "question",
                    models.CharField(
                        choices=[
                            ("relevant", "Relevant to my practice"),
                            ("new", "New to me"),
                            ("changes", "Would change what I do"),
                        ],
                        max_length=8,
                    ),
                ),
                ("specialty", models.CharField(max_length=40, null=True)),
                ("counts", models.JSONField(default=list)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pmid", "question", "specialty"), name="told_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("specialty", None)),
                        fields=("pmid", "question"),
                        name="told_once_of_no_specialty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
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
                    "question",
                    models.CharField(
                        choices=[
                            ("relevant", "Relevant to my practice"),
                            ("new", "New to me"),
                            ("changes", "Would change what I do"),
                        ],
                        max_length=8,
                    ),
                ),
                ("answer", models.PositiveSmallIntegerField(null=True)),
                ("told", models.PositiveSmallIntegerField(null=True)),
                ("specialty", models.CharField(max_length=40, null=True)),
                ("rated_at", models.DateTimeField()),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ratings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-rated_at", "-id"],
                "indexes": [
                    models.Index(
                        fields=["pmid", "question", "specialty"],
                        name="ratings_of_article",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reader", "pmid", "question", "specialty"),
                        name="rating_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("specialty", None)),
                        fields=("reader", "pmid", "question"),
                        name="rating_once_of_no_specialty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer__gte", 1),
                                ("answer__lte", 7),
                                ("question__in", ["relevant", "new"]),
                            ),
                            models.Q(
                                ("answer__gte", 1),
                                ("answer__lte", 3),
                                ("question", "changes"),
                            ),
                            ("answer", None),
                            _connector="OR",
                        ),
                        name="rating_answer",
                    ),
                ],
            },
        ),
    ]

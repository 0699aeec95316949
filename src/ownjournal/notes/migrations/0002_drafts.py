"""Drafts; what a version showed to whom; numbers of notes that were erased."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0001_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GoneNote",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.AddField(
            model_name="version",
            name="group",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="version",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("private", "Only me"),
                    ("group", "My group"),
                    ("public", "Everybody"),
                ],
                default="private",
                max_length=7,
            ),
        ),
        migrations.CreateModel(
            name="Draft",
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
                ("pmid", models.BigIntegerField(blank=True, null=True)),
                ("collection", models.BigIntegerField(blank=True, null=True)),
                ("base", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pearl", "Pearl"),
                            ("comment", "Comment"),
                            ("summary", "Summary"),
                        ],
                        max_length=7,
                    ),
                ),
                ("text", models.TextField()),
                ("audience", models.CharField(blank=True, max_length=30, null=True)),
                ("saved_at", models.DateTimeField()),
                (
                    "note",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="notes.note",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="note_drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at", "-id"],
                "indexes": [
                    models.Index(
                        fields=["reader", "-saved_at"], name="drafts_of_reader"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("collection__isnull", True), ("pmid__isnull", False)
                            ),
                            models.Q(
                                ("collection__isnull", False), ("pmid__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="draft_is_about_one_thing",
                    )
                ],
            },
        ),
    ]

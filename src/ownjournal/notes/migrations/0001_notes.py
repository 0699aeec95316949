"""Notes, their history, and how authors sign."""

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
            name="Note",
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
                ("dialect", models.PositiveSmallIntegerField(default=1)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("private", "Only me"),
                            ("group", "My group"),
                            ("public", "Everybody"),
                        ],
                        default="private",
                        max_length=7,
                    ),
                ),
                ("group", models.BigIntegerField(blank=True, null=True)),
                (
                    "conflict_of_interest",
                    models.CharField(blank=True, max_length=500, null=True),
                ),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("CC BY 4.0", "CC BY 4.0: share and adapt, naming me"),
                            (
                                "CC BY-SA 4.0",
                                "CC BY-SA 4.0: the same, under the same licence",
                            ),
                            ("CC BY-NC 4.0", "CC BY-NC 4.0: not for money"),
                            ("CC0 1.0", "CC0 1.0: anything, without naming me"),
                            ("all rights", "All rights reserved"),
                        ],
                        default="CC BY 4.0",
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("edits", models.PositiveIntegerField(default=0)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("review_on", models.DateField()),
                ("outdated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outdated_because",
                    models.CharField(blank=True, max_length=500, null=True),
                ),
                ("hidden_at", models.DateTimeField(blank=True, null=True)),
                ("pinned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Signature",
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
                ("name", models.CharField(blank=True, max_length=100, null=True)),
                ("role", models.CharField(blank=True, max_length=100, null=True)),
                ("role_verified_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conflict_of_interest",
                    models.CharField(blank=True, max_length=500, null=True),
                ),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("CC BY 4.0", "CC BY 4.0: share and adapt, naming me"),
                            (
                                "CC BY-SA 4.0",
                                "CC BY-SA 4.0: the same, under the same licence",
                            ),
                            ("CC BY-NC 4.0", "CC BY-NC 4.0: not for money"),
                            ("CC0 1.0", "CC0 1.0: anything, without naming me"),
                            ("all rights", "All rights reserved"),
                        ],
                        default="CC BY 4.0",
                        max_length=12,
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("private", "Only me"),
                            ("group", "My group"),
                            ("public", "Everybody"),
                        ],
                        max_length=7,
                        null=True,
                    ),
                ),
                (
                    "reader",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signature",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Version",
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
                ("dialect", models.PositiveSmallIntegerField()),
                ("replaced_at", models.DateTimeField()),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="notes.note",
                    ),
                ),
            ],
            options={
                "ordering": ["note", "number"],
            },
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["pmid", "created_at"], name="notes_of_article"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(
                fields=["collection", "created_at"], name="notes_of_collection"
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(
                fields=["author", "-created_at"], name="notes_of_author"
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(
                fields=["visibility", "-created_at"], name="notes_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["review_on"], name="notes_to_review"),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("collection__isnull", True), ("pmid__isnull", False)),
                    models.Q(("collection__isnull", False), ("pmid__isnull", True)),
                    _connector="OR",
                ),
                name="note_is_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["pearl", "comment", "summary"])),
                name="note_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(("visibility__in", ["private", "group", "public"])),
                name="note_visibility",
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("visibility", "group"), _negated=True),
                    ("group__isnull", False),
                    _connector="OR",
                ),
                name="note_has_its_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("note", "number"), name="version_once"
            ),
        ),
    ]

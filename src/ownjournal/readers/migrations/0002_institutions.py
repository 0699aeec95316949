"""Readers have libraries: the registry of institutions, and each reader's list.

An institution in use is one of its name, country and kind; proposals may repeat
one. The check on https holds whatever writes the row, as every link made from a
template is one to click on.
"""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("readers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Institution",
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
                ("name", models.CharField(max_length=200)),
                (
                    "other_names",
                    models.TextField(blank=True, help_text="One a line.", null=True),
                ),
                ("country", models.CharField(blank=True, max_length=80, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("openurl", "Link resolver"),
                            ("proxy", "Proxy"),
                            ("libkey", "LibKey"),
                            ("template", "Search page"),
                        ],
                        max_length=8,
                    ),
                ),
                ("template", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "In use"),
                            ("proposed", "Proposed"),
                            ("retired", "No longer offered"),
                        ],
                        db_index=True,
                        default="active",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(default="by hand", max_length=200)),
                ("remark", models.CharField(blank=True, max_length=500, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("problem", models.CharField(blank=True, max_length=300, null=True)),
                ("reports", models.PositiveIntegerField(default=0)),
                ("reported_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.TextField(editable=False)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "country", "kind", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReaderInstitution",
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
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="readers.institution",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="libraries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.UniqueConstraint(
                models.F("name"),
                django.db.models.functions.comparison.Coalesce(
                    "country", models.Value("")
                ),
                models.F("kind"),
                condition=models.Q(("state", "proposed"), _negated=True),
                name="institution_once",
                violation_error_message=(
                    "An institution of this name, country and kind is there already."
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["openurl", "proxy", "libkey", "template"])
                ),
                name="institution_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "proposed", "retired"])),
                name="institution_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(("template__startswith", "https://")),
                name="institution_https",
            ),
        ),
        migrations.AddConstraint(
            model_name="readerinstitution",
            constraint=models.UniqueConstraint(
                fields=("reader", "institution"), name="reader_institution_once"
            ),
        ),
    ]

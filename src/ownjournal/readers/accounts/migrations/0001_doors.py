"""Codes sent by mail, sessions that know their reader, ORCID iDs."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ownjournal.readers.accounts.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("readers", "0004_practice"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrcidAccount",
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
                ("orcid", models.CharField(max_length=19, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "reader",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="orcid",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        verbose_name="session key",
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                (
                    "expire_date",
                    models.DateTimeField(db_index=True, verbose_name="expire date"),
                ),
                ("browser", models.CharField(max_length=40, null=True)),
                ("began_at", models.DateTimeField(null=True)),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MailedCode",
            fields=[
                (
                    "number",
                    models.CharField(
                        default=ownjournal.readers.accounts.models.a_number,
                        max_length=32,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("sign-up", "Join"),
                            ("sign-in", "Sign in"),
                            ("address", "Take a new address"),
                            ("proof", "Prove that it is still they"),
                        ],
                        max_length=7,
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                ("invitation", models.CharField(max_length=64, null=True)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("purpose__in", ["sign-up", "sign-in"]),
                                ("reader", None),
                            ),
                            models.Q(
                                ("purpose__in", ["address", "proof"]),
                                ("reader__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="mailed_code_asker",
                    )
                ],
            },
        ),
    ]

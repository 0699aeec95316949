"""What readers say of articles, what they keep and what they mute."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("readers", "0004_practice"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mute",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("topic", "Topic"),
                            ("words", "Words"),
                            ("journal", "Journal"),
                            ("author", "Author"),
                        ],
                        max_length=7,
                    ),
                ),
                ("value", models.CharField(max_length=200)),
                ("label", models.CharField(max_length=500)),
                ("muted_at", models.DateTimeField()),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mutes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "muted_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reader", "kind", "value"), name="mute_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["topic", "words", "journal", "author"])
                        ),
                        name="mute_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("more", "More like this"),
                            ("less", "Less like this"),
                            ("knew", "Already knew"),
                        ],
                        max_length=4,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["reader", "-at"], name="response_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reader", "pmid"), name="response_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["more", "less", "knew"])),
                        name="response_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Saved",
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
                ("saved_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at", "-id"],
                "indexes": [
                    models.Index(fields=["reader", "-saved_at"], name="saved_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reader", "pmid"), name="saved_once"
                    )
                ],
            },
        ),
    ]

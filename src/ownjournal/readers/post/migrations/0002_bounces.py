"""What came back, whom mail does not reach, and why mail waits."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("post", "0001_letters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bounce",
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
                            ("hard", "No such mailbox"),
                            ("soft", "Not taken now"),
                            ("complaint", "Called spam"),
                        ],
                        max_length=9,
                    ),
                ),
                ("said", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Suppression",
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
                    "reason",
                    models.CharField(
                        choices=[
                            ("hard", "No such mailbox"),
                            ("soft", "Not taken now"),
                            ("complaint", "Called spam"),
                        ],
                        max_length=9,
                    ),
                ),
                ("said", models.CharField(max_length=500)),
                ("since_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Trouble",
            fields=[
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("server", "The mail server cannot be used"),
                            ("refused", "Nearly all mail comes back"),
                        ],
                        max_length=7,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("said", models.TextField()),
                ("since_at", models.DateTimeField()),
                ("tries", models.PositiveIntegerField(default=1)),
                ("again_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="letter",
            name="claimed_by",
            field=models.CharField(max_length=32, null=True),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "sending"])),
                fields=["kind", "due_at"],
                name="letter_kind_due",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["settled_at"], name="letter_settled"),
        ),
        migrations.AddField(
            model_name="bounce",
            name="letter",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, to="post.letter"
            ),
        ),
        migrations.AddField(
            model_name="suppression",
            name="reader",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="bounce",
            index=models.Index(fields=["at"], name="bounce_at"),
        ),
    ]

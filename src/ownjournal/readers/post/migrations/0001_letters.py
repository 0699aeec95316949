"""Letters: what is to be mailed, stored before it is sent."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("readers", "0004_practice"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
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
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("address", models.EmailField(max_length=254, null=True)),
                ("details", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("refused", "Refused"),
                            ("dropped", "Dropped"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("put_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("doubtful", models.BooleanField(default=False)),
                ("settled_at", models.DateTimeField(null=True)),
                ("problem", models.TextField(null=True)),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "sending"])),
                        fields=["due_at"],
                        name="letter_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="letter_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address__isnull", False), ("reader", None)),
                            models.Q(("address", None), ("reader__isnull", False)),
                            models.Q(("address", None), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_to_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settled_at__isnull", True),
                                ("state__in", ["waiting", "sending"]),
                            ),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("state__in", ["sent", "refused", "dropped"]),
                            ),
                            _connector="OR",
                        ),
                        name="letter_state",
                    ),
                ],
            },
        ),
    ]

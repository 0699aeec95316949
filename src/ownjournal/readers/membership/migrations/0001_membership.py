"""Trials, members, invitations, domains, and who changed what."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("readers", "0005_no_trial_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MemberDomain",
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
                ("domain", models.CharField(max_length=253, unique=True)),
                (
                    "has_subdomains",
                    models.BooleanField(
                        default=False,
                        help_text="As in ward.hospital.org.",
                        verbose_name="with subdomains",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, null=True)),
                (
                    "until_on",
                    models.DateField(blank=True, null=True, verbose_name="last day"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TakenTrial",
            fields=[
                (
                    "address_hash",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
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
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("note", models.CharField(blank=True, max_length=200, null=True)),
                ("uses", models.PositiveIntegerField(default=1)),
                ("used", models.PositiveIntegerField(default=0)),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="In UTC.",
                        null=True,
                        verbose_name="last day of its use",
                    ),
                ),
                (
                    "members_until_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty: they are members for good.",
                        null=True,
                        verbose_name="last day of its members",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used__lte", models.F("uses")), ("uses__gte", 1)
                        ),
                        name="invitation_uses",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "reader",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="member",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("since_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="By the reader's clock. Empty: for good.",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="members",
                        to="membership.invitation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Trial",
            fields=[
                (
                    "reader",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="trial",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gte", models.F("began_at"))),
                        name="trial_ends_after",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
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
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("admin", "On the operators' pages"),
                            ("command", "By a command"),
                            ("reader", "By the reader"),
                        ],
                        max_length=7,
                    ),
                ),
                ("what", models.CharField(max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("where__in", ["admin", "command", "reader"])
                        ),
                        name="change_where",
                    )
                ],
            },
        ),
    ]

"""Pictures in notes."""

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
            name="Picture",
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
                ("name", models.CharField(max_length=45)),
                ("size", models.PositiveIntegerField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("brought_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField()),
                ("copied_from", models.TextField(blank=True, null=True)),
                (
                    "reader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-brought_at", "-id"],
                "indexes": [
                    models.Index(fields=["name"], name="picture_by_name"),
                    models.Index(fields=["checked_at"], name="pictures_to_check"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reader", "name"), name="picture_once"
                    )
                ],
            },
        ),
    ]

"""An issue keeps which note led an article; news comes of noted articles too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0006_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="issuearticle",
            name="note",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="issuearticle",
            name="note_version",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="issuenotice",
            name="noted",
            field=models.BooleanField(default=False),
        ),
    ]

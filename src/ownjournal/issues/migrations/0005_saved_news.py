"""There is also news of what a reader saved and no issue showed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0004_periods"),
    ]

    operations = [
        migrations.AlterField(
            model_name="issuenotice",
            name="shown_in",
            field=models.PositiveIntegerField(null=True),
        ),
    ]

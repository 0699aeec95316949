"""An issue remembers when its mail was made.

It is stored first and mailed then; without this, a stop between the two would
lose the mail, as the next run finds nothing new to make an issue of.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="issue",
            name="mailed_at",
            field=models.DateTimeField(null=True),
        ),
    ]

"""One issue for each reader and period of the calendar, whatever clocks do.

Issues made before know no period, nor do those that are made out of turn. An
issue that makes up for others says since when.
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("issues", "0003_exploration"),
    ]

    operations = [
        migrations.AddField(
            model_name="issue",
            name="period",
            field=models.CharField(max_length=24, null=True),
        ),
        migrations.AddField(
            model_name="issue",
            name="makes_up_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.UniqueConstraint(
                fields=("reader", "period"), name="issue_period"
            ),
        ),
    ]

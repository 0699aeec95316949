"""A reader's practice: where, which specialty, and how often issues come.

Readers who are here already keep their weekly issue of twelve articles.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("readers", "0003_searches"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="interest",
            name="interest_kind",
        ),
        migrations.AddField(
            model_name="reader",
            name="cadence",
            field=models.CharField(
                choices=[
                    ("daily", "Every day"),
                    ("weekly", "Every week"),
                    ("fortnightly", "Every two weeks"),
                    ("monthly", "Every month"),
                ],
                default="weekly",
                max_length=11,
            ),
        ),
        migrations.AddField(
            model_name="reader",
            name="country",
            field=models.CharField(blank=True, max_length=2, null=True),
        ),
        migrations.AddField(
            model_name="reader",
            name="feed_number",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="reader",
            name="has_feed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="reader",
            name="issue_length",
            field=models.PositiveSmallIntegerField(default=12),
        ),
        migrations.AddField(
            model_name="reader",
            name="keeps_log",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="reader",
            name="mails_issues",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="reader",
            name="paused_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reader",
            name="profiled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reader",
            name="specialty",
            field=models.CharField(blank=True, max_length=40, null=True),
        ),
        migrations.AlterField(
            model_name="interest",
            name="kind",
            field=models.CharField(
                choices=[
                    ("topic", "Topic"),
                    ("words", "Words"),
                    ("journal", "Journal"),
                    ("seed", "Article"),
                    ("author", "Author"),
                ],
                max_length=7,
            ),
        ),
        migrations.AddConstraint(
            model_name="interest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["topic", "words", "journal", "seed", "author"])
                ),
                name="interest_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="reader",
            constraint=models.CheckConstraint(
                condition=models.Q(("issue_length__gte", 1), ("issue_length__lte", 40)),
                name="reader_issue_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="reader",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cadence__in", ["daily", "weekly", "fortnightly", "monthly"])
                ),
                name="reader_cadence",
            ),
        ),
    ]

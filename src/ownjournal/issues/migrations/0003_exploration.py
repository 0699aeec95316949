"""An issue may hold one article to explore, and knows later what it showed.

`trace` keeps what tells a work in whatever form it comes again, so that it is
shown once and a stored issue can be chosen again whatever became of its articles.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0002_mailed_at"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="issuearticle", name="issue_slot"),
        migrations.AlterField(
            model_name="issuearticle",
            name="slot",
            field=models.CharField(max_length=16),
        ),
        migrations.AddConstraint(
            model_name="issuearticle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("slot__in", ("lead", "practice", "outside", "exploration"))
                ),
                name="issue_slot",
            ),
        ),
        migrations.AddField(
            model_name="issuearticle",
            name="propensity",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="issuearticle",
            name="trace",
            field=models.BinaryField(null=True),
        ),
    ]

"""A wider index of revisions in place of the one of the column alone."""

from django.db import migrations, models

NARROW = "catalogue_article_revision_31b582fe"


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0007_workers"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=[
                    "revision",
                    "first_revision",
                    "live",
                    "quality",
                    "significance",
                    "pmid",
                ],
                name="catalogue_by_revision",
            ),
        ),
        # in words of its own: SQLite would write the whole table anew
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX {NARROW}",
                    f"CREATE INDEX {NARROW} ON catalogue_article (revision)",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="article",
                    name="revision",
                    field=models.BigIntegerField(),
                )
            ],
        ),
    ]

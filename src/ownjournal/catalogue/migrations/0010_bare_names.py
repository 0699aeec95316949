"""Journals are looked up by their abbreviation without brackets."""

from django.db import migrations, models

BARE = (
    "REPLACE(REPLACE(REPLACE(REPLACE("
    "LOWER(%(expressions)s),'(',''),')',''),'[',''),']','')"
)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0009_visits"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="journal", name="journal_by_abbreviation"),
        migrations.AddIndex(
            model_name="journal",
            index=models.Index(
                models.Func("abbreviation", template=BARE), name="journal_by_bare_name"
            ),
        ),
    ]

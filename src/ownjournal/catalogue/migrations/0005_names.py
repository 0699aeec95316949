"""Journals and headings are found by name, whatever its case.

Each search asks whether its words are one: without these indexes that is a look at
every journal there is, 50 ms of the answer on all of PubMed.
"""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_vectors"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="heading",
            index=models.Index(Lower("name"), name="heading_by_name"),
        ),
        migrations.AddIndex(
            model_name="journal",
            index=models.Index(Lower("nlm_id"), name="journal_by_nlm_id"),
        ),
        migrations.AddIndex(
            model_name="journal",
            index=models.Index(Lower("title"), name="journal_by_title"),
        ),
        migrations.AddIndex(
            model_name="journal",
            index=models.Index(Lower("abbreviation"), name="journal_by_abbreviation"),
        ),
        migrations.AddIndex(
            model_name="journal",
            index=models.Index(Lower("issn_linking"), name="journal_by_issn"),
        ),
    ]

"""Whether an issue was mailed is known by its letter now, see readers/post.

An issue whose mail was still to be made gets its letter here.
"""

from typing import Any

from django.db import migrations


def put_letters(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("issues", "Issue").objects.filter(mailed_at=None)
    letters = apps.get_model("post", "Letter").objects
    letters.bulk_create(
        (
            letters.model(
                kind="issue",
                key=f"{issue.reader_id}-{issue.number}",
                reader_id=issue.reader_id,
            )
            for issue in rows
        ),
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0005_saved_news"),
        ("post", "0002_bounces"),
    ]

    operations = [
        migrations.RunPython(put_letters, migrations.RunPython.noop),
        migrations.RemoveField(model_name="issue", name="mailed_at"),
    ]

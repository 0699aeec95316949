"""What is left of readers who were erased: in tables, files, and the database's bytes.

    python -m bench.erased          in the store that the environment names

Readers with rows in every table that leads to one are made among others who stay;
rows are changed and deleted before, as in use. Then all but the others are erased,
and everything is searched for their words and numbers.
"""

import json
import os
from pathlib import Path

import django

LEAVING, STAYING = 16, 4
FIRST = 987_654_321_012  # so long that no other number has it within


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from django.conf import settings

    from made.everything import leave_traces, words_of
    from made.scan import found_in_bytes, found_in_files, found_in_tables
    from ownjournal.readers.leaving import erasing, scrubbing
    from ownjournal.readers.leaving.tables import rows_of, tables, told
    from ownjournal.readers.models import Interest

    def everything(reader_id: int) -> list[object]:
        return [
            told(row)
            for model, paths in tables()
            for row in rows_of(model, paths, reader_id)
        ]

    going, staying, marks = [], [], []
    for number in range(LEAVING + STAYING):
        tag = f"c{number:03}"
        reader = leave_traces(tag, FIRST + 1_000_003 * number)
        if number % 5 == 4:
            staying.append(reader)
            continue
        going.append(reader)
        marks += [*words_of(tag), str(reader.pk)]
        for each in range(30):
            Interest.objects.create(
                reader=reader,
                kind="words",
                value=f"{each}",
                label=words_of(tag)[1] * (each % 9 + 1),
            )
        reader.interests.filter(value__in=["3", "7", "11"]).delete()
    kept = [everything(reader.pk) for reader in staying]
    gone = [everything(reader.pk) for reader in going]
    before = found_in_tables(marks)
    if {find.rpartition(" ")[2] for find in before} != set(marks):
        raise AssertionError("the scan does not find what is there")
    numbers = [reader.pk for reader in going]
    for reader in going:
        erasing.erase(reader)
    scrubbing.scrub()
    if any(
        everything(number) == was for number, was in zip(numbers, gone, strict=True)
    ):
        raise AssertionError("a reader who was erased counts as unchanged")
    folder = Path(settings.DATA_DIR)
    database = {"ownjournal.sqlite3", "ownjournal.sqlite3-wal"}
    left = {
        "tables": found_in_tables(marks),
        "files": [
            find
            for find in found_in_files(folder, marks)
            if find.split(":")[0] not in database
        ],
        "bytes": found_in_bytes(marks),
        "changed": sum(
            everything(reader.pk) != was
            for reader, was in zip(staying, kept, strict=True)
        ),
        "found before": len(before),
        "others": len(staying),
    }
    print(json.dumps(left))


if __name__ == "__main__":
    main()

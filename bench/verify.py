"""What the catalogue that the environment names holds, as JSON; changes nothing
but the index, which is brought up to date first.

    python -m bench.verify
"""

import json
import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from ownjournal.catalogue.checking import database_problem, live_pmids, state_hash
    from ownjournal.catalogue.following import follow, index
    from ownjournal.catalogue.models import AppliedFile
    from ownjournal.cli.check import index_findings
    from ownjournal.search.query import All

    follow(index())
    hits = index().search(All(), limit=10_000, order="newest").hits
    print(
        json.dumps(
            {
                "hash": state_hash(),
                "files": AppliedFile.objects.values("name").distinct().count(),
                "damage": database_problem(),
                "index": index_findings(),
                "same": sorted(hit.pmid for hit in hits) == list(live_pmids()),
            }
        )
    )


if __name__ == "__main__":
    main()

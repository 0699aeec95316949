"""Apply files one by one in the order given, repeats included; print the state's hash.

python -m bench.in_order FILE …
"""

import os
import sys
from pathlib import Path

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownjournal.site.settings")
    django.setup()
    from django.conf import settings

    from ownjournal.catalogue.checking import state_hash
    from ownjournal.catalogue.ingest import Loading, ingest
    from ownjournal.cli.migrate import migrate

    migrate()
    loading = Loading(spool=settings.DATA_DIR / "spool", workers=1, again=True)
    print(state_hash())
    for path in sys.argv[1:]:
        [outcome] = ingest([Path(path)], loading)
        assert outcome.state == "applied", outcome
        print(state_hash())


if __name__ == "__main__":
    main()

"""Read a file into complete Articles, as the catalogue does, and count them."""

import sys
from pathlib import Path

from ownjournal.pubmed.article import Article
from ownjournal.pubmed.files import open_xml
from ownjournal.pubmed.records import read_records


def main() -> None:
    with open_xml(Path(sys.argv[1])) as file:
        print(sum(isinstance(record, Article) for record in read_records(file)))


if __name__ == "__main__":
    main()

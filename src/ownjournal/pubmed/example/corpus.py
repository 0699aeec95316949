"""Files of invented articles, named, compressed and summed as NLM's are.

The same seed, number of articles and day give the same bytes. One record is in
memory at a time, so a million articles need no more than a thousand.

Numbers of files begin at 9001, which NLM's never reach within a year, so an
example file is never taken for one of theirs.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path

from isal import isal_zlib
from msgspec.structs import replace

from ownjournal.pubmed.article import Markup
from ownjournal.pubmed.example.articles import Invented, article_of
from ownjournal.pubmed.example.plan import Corpus, pmid_of, retracted_and_doubted
from ownjournal.pubmed.example.record import HEAD, TAIL, deletions, record

FIRST_FILE = 9001
LAST_FILE = 9999
PER_FILE = 30_000  # as NLM's
SMALLEST_WITH_UPDATE = 100
MOST_REVISIONS = 200
_PROGRESS_EVERY = 500
_COMPRESSION = 2  # isal's 0 to 3
_GZIP = 31  # window bits that ask for a gzip header, which then bears no time


def write_corpus(
    folder: Path,
    *,
    articles: int,
    seed: int,
    today: date,
    per_file: int = PER_FILE,
    progress: Callable[[int], None] = lambda written: None,
) -> tuple[Path, ...]:
    """Write the files and their MD5 sidecars; return the files in their order.

    When all are loaded there are `articles` articles, each shown once. From a
    hundred articles on, the last file is an update: it revises records,
    retracts one article and deletes two duplicates. `progress` is told how
    many records were written since it was last told. A file appears under its
    name only when it is whole.

    Raises ValueError where the articles need more files than there are numbers.
    """
    if articles < 1 or per_file < 1:
        raise ValueError("a corpus has at least one article, and so has a file")
    if articles // per_file + 3 > LAST_FILE - FIRST_FILE:
        raise ValueError(f"{articles} articles need more than {per_file} a file")
    folder.mkdir(parents=True, exist_ok=True)
    corpus = Corpus(seed, articles, today)
    files = []
    for number, part in enumerate(_parts(corpus, per_file), FIRST_FILE):
        path = folder / f"pubmed{today:%y}n{number:04}.xml.gz"
        _write(path, part, progress)
        files.append(path)
    return tuple(files)


def records(corpus: Corpus) -> Iterator[str]:
    """Every PubmedArticle before the last update, oldest first; from a hundred
    articles on, two duplicates of others stand at the end."""
    for number in range(corpus.articles):
        yield record(article_of(corpus, number))
    for place, pmid in enumerate(duplicates(corpus)):
        double = article_of(corpus, corpus.articles // 2 + place)
        double.imprint = replace(double.imprint, pmid=pmid)
        yield record(double)


def duplicates(corpus: Corpus) -> tuple[int, ...]:
    """The PMIDs that the last update deletes."""
    if corpus.articles < SMALLEST_WITH_UPDATE:
        return ()
    return pmid_of(corpus.articles), pmid_of(corpus.articles + 1)


def last_update(corpus: Corpus) -> Iterator[str]:
    """The last file: revisions, later versions, and the deletions."""
    for number in retracted_and_doubted(corpus):
        yield record(article_of(corpus, number, revised=True))
    for number in _unfinished(corpus):
        yield record(article_of(corpus, number, revised=True))
    for share, latest in ((0.40, 2), (0.55, 3), (0.65, 2)):
        number = int(corpus.articles * share) // 10 * 10 + 1
        for version in range(2, latest + 1):
            yield record(_later(article_of(corpus, number, revised=True), version))
    yield deletions(duplicates(corpus))


def _unfinished(corpus: Corpus) -> Iterator[int]:
    """Numbers of recent articles that NLM has not indexed yet."""
    recent = range(int(corpus.articles * 0.93), corpus.articles)
    seen = recent[:: 1 + len(recent) // (5 * MOST_REVISIONS)]
    found = (
        number
        for number in seen
        if article_of(corpus, number).indexing.status in ("Publisher", "In-Process")
    )
    return islice(found, MOST_REVISIONS)


def _later(article: Invented, version: int) -> Invented:
    """A later version of an article: one sentence more."""
    article.version = version
    if article.sections:
        *others, last = article.sections
        text = f"{last.text} Version {version} corrects a misprint in a table."
        article.sections = (*others, replace(last, text=Markup(text)))
    return article


def _parts(corpus: Corpus, per_file: int) -> Iterator[Iterable[str]]:
    stream = records(corpus)
    for first in stream:
        yield chain((first,), islice(stream, per_file - 1))
    if corpus.articles >= SMALLEST_WITH_UPDATE:
        yield last_update(corpus)


def _write(path: Path, parts: Iterable[str], progress: Callable[[int], None]) -> None:
    """Write under another name first, so that a stop leaves no half file."""
    unfinished = path.with_name(path.name + ".part")
    md5 = hashlib.md5(usedforsecurity=False)
    packer = isal_zlib.compressobj(_COMPRESSION, wbits=_GZIP)
    with unfinished.open("wb") as file:

        def put(data: bytes) -> None:
            md5.update(data)
            file.write(data)

        put(packer.compress(HEAD.encode()))
        for batch in _batches(parts):
            put(packer.compress("".join(batch).encode()))
            progress(len(batch))
        put(packer.compress(TAIL.encode()) + packer.flush())
    sidecar = path.with_name(path.name + ".md5")
    sidecar.write_text(f"MD5({path.name})= {md5.hexdigest()}\n", "ascii")
    unfinished.replace(path)


def _batches(parts: Iterable[str]) -> Iterator[list[str]]:
    stream = iter(parts)
    while batch := list(islice(stream, _PROGRESS_EVERY)):
        yield batch

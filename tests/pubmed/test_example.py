"""The example corpus as files: NLM's form, the same bytes, one record at a time."""

import gzip
import hashlib
import re
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from ownjournal.pubmed.article import Article, Deletion
from ownjournal.pubmed.example import FIRST_PMID, MARK, is_example
from ownjournal.pubmed.example.articles import article_of
from ownjournal.pubmed.example.corpus import duplicates, records, write_corpus
from ownjournal.pubmed.example.plan import Corpus
from ownjournal.pubmed.records import Rejected, read_records

TODAY = date(2026, 3, 4)
CORPUS = Corpus(seed=3, articles=600, today=TODAY)


def write(folder: Path, *, per_file: int = 250) -> tuple[Path, ...]:
    return write_corpus(
        folder,
        articles=CORPUS.articles,
        seed=CORPUS.seed,
        today=CORPUS.today,
        per_file=per_file,
    )


def read(files: tuple[Path, ...]) -> list[Article | Deletion | Rejected]:
    found: list[Article | Deletion | Rejected] = []
    for path in files:
        found += read_records(BytesIO(gzip.decompress(path.read_bytes())))
    return found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return write(tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="module")
def loaded(files: tuple[Path, ...]) -> dict[int, Article]:
    """The articles as a catalogue ends with them."""
    articles: dict[int, Article] = {}
    for each in read(files):
        if isinstance(each, Article):
            known = articles.get(each.pmid)
            if known is None or known.version <= each.version:
                articles[each.pmid] = each
        elif isinstance(each, Deletion):
            del articles[each.pmid]
    return articles


def test_files_are_named_and_summed_as_nlm_does(files: tuple[Path, ...]) -> None:
    assert [path.name for path in files] == [
        f"pubmed26n900{number}.xml.gz" for number in (1, 2, 3, 4)
    ]
    for path in files:
        digest = hashlib.md5(path.read_bytes()).hexdigest()
        sidecar = path.with_name(path.name + ".md5")
        assert sidecar.read_text() == f"MD5({path.name})= {digest}\n"


def test_files_are_valid_by_nlms_own_dtd(
    files: tuple[Path, ...], shared_data: Path
) -> None:
    rules = etree.DTD(str(shared_data / "pubmed" / "dtd" / "pubmed_250101.dtd"))
    for path in files:
        rules.assertValid(etree.fromstring(gzip.decompress(path.read_bytes())))


def test_the_same_seed_and_day_give_the_same_bytes(
    files: tuple[Path, ...], tmp_path: Path
) -> None:
    again = write(tmp_path)

    assert [path.read_bytes() for path in again] == [
        path.read_bytes() for path in files
    ]


@pytest.mark.parametrize("other", [Corpus(4, 600, TODAY), Corpus(3, 600, date.max)])
def test_another_seed_or_day_gives_other_articles(other: Corpus) -> None:
    assert next(records(other)) != next(records(CORPUS))


def test_nothing_is_rejected_and_every_field_comes_back(
    files: tuple[Path, ...],
) -> None:
    found = read(files)
    articles = [each for each in found if isinstance(each, Article)]

    assert not [each for each in found if isinstance(each, Rejected)]
    for number in range(CORPUS.articles):
        made, kept = article_of(CORPUS, number), articles[number]
        assert kept.pmid == made.imprint.pmid
        assert kept.title == made.title
        assert (kept.abstract.sections if kept.abstract else ()) == made.sections
        assert kept.identifiers.doi == made.imprint.doi
        assert tuple(each.name for each in kept.publication_types) == made.types
        assert [each.ui for each in kept.mesh] == [
            each.ui for each in made.indexing.mesh
        ]
        assert kept.journal is not None
        assert kept.journal.title == made.imprint.journal.title
        assert [each.last_name for each in kept.authors if each.last_name] == [
            each.last for each in made.imprint.authors
        ]
        assert [each.orcid for each in kept.authors if each.last_name] == [
            each.orcid for each in made.imprint.authors
        ]
        assert [each.pmid for each in kept.corrections] == [
            each.pmid for each in made.relations
        ]


def test_as_many_articles_remain_as_were_asked_for(loaded: dict[int, Article]) -> None:
    assert sorted(loaded) == list(range(FIRST_PMID, FIRST_PMID + CORPUS.articles))


def test_the_last_update_deletes_two_duplicates(files: tuple[Path, ...]) -> None:
    deleted = [each.pmid for each in read(files) if isinstance(each, Deletion)]

    assert tuple(deleted) == duplicates(CORPUS)
    assert len(deleted) == 2


def test_some_articles_have_later_versions(loaded: dict[int, Article]) -> None:
    versions = Counter(article.version for article in loaded.values())

    assert versions == {1: CORPUS.articles - 3, 2: 2, 3: 1}


def test_identifiers_are_unique_and_lead_nowhere(loaded: dict[int, Article]) -> None:
    dois = {article.identifiers.doi for article in loaded.values()}

    assert len(dois) == CORPUS.articles
    assert all(doi and doi.startswith("10.5555/") for doi in dois)
    assert not any(article.identifiers.pmcid for article in loaded.values())


def test_every_article_says_that_it_is_invented(loaded: dict[int, Article]) -> None:
    word = re.compile("Imaginary|Invented|Fictional|Unreal|Made-up")
    for article in loaded.values():
        assert MARK in [note.text for note in article.notes]
        assert is_example(article.pmid)
        assert article.journal is not None
        assert word.search(article.journal.title or "")
        if article.abstract:
            assert (article.abstract.copyright or "").startswith(MARK)


def test_a_real_pmid_is_no_example() -> None:
    assert not is_example(99_000_000)
    assert is_example(99_000_001)
    assert not is_example(100_000_000)


def test_one_article_is_retracted_and_only_after_the_first_files(
    files: tuple[Path, ...], loaded: dict[int, Article]
) -> None:
    def retracted(articles: Iterator[Article]) -> list[int]:
        return [
            article.pmid
            for article in articles
            if "D016441" in [each.ui for each in article.publication_types]
        ]

    before = (each for each in read(files[:-1]) if isinstance(each, Article))
    after = retracted(iter(loaded.values()))

    assert retracted(before) == []
    assert len(after) == 1
    [link] = loaded[after[0]].corrections
    assert link.kind == "RetractionIn"
    assert link.pmid is not None
    notice = loaded[link.pmid]
    assert [each.ui for each in notice.publication_types] == ["D016440"]
    assert (notice.title or "").endswith(loaded[after[0]].title or "?")


def test_every_link_is_answered_by_its_partner(loaded: dict[int, Article]) -> None:
    answers = {
        "CommentIn": "CommentOn",
        "ErratumIn": "ErratumFor",
        "UpdateIn": "UpdateOf",
        "RetractionIn": "RetractionOf",
        "ExpressionOfConcernIn": "ExpressionOfConcernFor",
    }
    answers |= {theirs: ours for ours, theirs in answers.items()}
    links = [
        (article.pmid, link.kind, link.pmid)
        for article in loaded.values()
        for link in article.corrections
    ]

    assert {kind for _, kind, _ in links} == set(answers)
    assert all((to, answers[kind], pmid) in links for pmid, kind, to in links)


def names(article: Article) -> list[str | None]:
    return [each.last_name for each in article.authors if each.last_name]


def test_reports_of_one_trial_bear_one_registration(
    loaded: dict[int, Article],
) -> None:
    reports: dict[str, list[Article]] = {}
    for pmid in sorted(loaded):
        for bank in loaded[pmid].data_banks:
            for number in bank.accession_numbers:
                reports.setdefault(number, []).append(loaded[pmid])
    families = [each for each in reports.values() if len(each) > 1]

    assert len(families) == 3  # one in every run of 200
    for protocol, trial, later in families:
        assert "D000078325" in {each.ui for each in protocol.publication_types}
        assert "D016449" in {each.ui for each in trial.publication_types}
        assert names(protocol) == names(trial) == names(later)
        title, drugs = (protocol.title or "").lower(), trial.chemicals
        assert not drugs or any(each.name in title for each in drugs)


def test_a_preprint_is_what_its_article_was(loaded: dict[int, Article]) -> None:
    preprints = [
        article
        for article in loaded.values()
        if "D000076942" in [each.ui for each in article.publication_types]
    ]

    assert len(preprints) == 3
    for preprint in preprints:
        [link] = preprint.corrections
        assert link.kind == "UpdateIn" and link.pmid is not None
        article = loaded[link.pmid]
        assert (preprint.title, names(preprint)) == (article.title, names(article))
        assert preprint.journal is not None
        assert preprint.journal.title == "Imaginary Preprints"
        assert preprint.publication_status == "epublish"
        assert preprint.pagination is not None and not preprint.mesh


def test_days_run_over_a_year_and_a_half_and_end_today(
    loaded: dict[int, Article],
) -> None:
    def entered(article: Article) -> date:
        [step] = [each for each in article.history if each.status == "entrez"]
        day = step.date.first_day()
        assert day is not None
        return day

    days = [entered(loaded[pmid]) for pmid in sorted(loaded)]

    assert days == sorted(days)
    assert days[-1] == TODAY
    assert timedelta(days=500) < TODAY - days[0] < timedelta(days=548)
    for article in loaded.values():
        assert article.revised_on is not None
        assert (article.revised_on.first_day() or date.max) <= TODAY


def test_a_file_that_was_not_finished_has_not_its_name(tmp_path: Path) -> None:
    def stop(written: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_corpus(tmp_path, articles=20, seed=1, today=TODAY, progress=stop)

    assert not list(tmp_path.glob("*.gz"))


def test_progress_adds_up(tmp_path: Path) -> None:
    told: list[int] = []

    write_corpus(tmp_path, articles=99, seed=1, today=TODAY, progress=told.append)

    assert sum(told) == 99


@pytest.mark.parametrize(("articles", "per_file"), [(0, 5), (5, 0), (5000, 5)])
def test_a_corpus_that_cannot_be_is_refused(
    tmp_path: Path, articles: int, per_file: int
) -> None:
    with pytest.raises(ValueError, match="article"):
        write_corpus(
            tmp_path, articles=articles, seed=1, today=TODAY, per_file=per_file
        )


def test_one_article_makes_a_corpus(tmp_path: Path) -> None:
    [path] = write_corpus(tmp_path, articles=1, seed=1, today=TODAY)

    assert len(read((path,))) == 1


@pytest.mark.slow
def test_memory_does_not_grow_with_the_corpus(tmp_path: Path) -> None:
    """People, tables and one batch come to some 15 MiB; all records to 30 MiB."""
    tracemalloc.start()
    try:
        write_corpus(tmp_path, articles=6_000, seed=1, today=TODAY)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 25 * 2**20

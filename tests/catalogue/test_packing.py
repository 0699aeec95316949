from pathlib import Path

import pytest
import zstandard

from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.catalogue import packing
from ownjournal.catalogue.packing import Packer, Unpacker
from ownjournal.pubmed.article import Article, Markup
from ownjournal.pubmed.files import find, open_xml
from ownjournal.pubmed.records import read_records


def no_dictionary(dictionary_id: int) -> bytes:
    raise KeyError(dictionary_id)


def pack(article: Article, dictionary: bytes | None = None) -> bytes:
    joined = packing.join(packing.encode(article), judge(article))
    return Packer(dictionary).pack(joined)


def many(count: int) -> list[Article]:
    return [
        an_article(pmid=number, title=Markup(f"Finding {number * 7919} of {number}"))
        for number in range(1, count + 1)
    ]


def test_an_article_comes_back_equal() -> None:
    article = an_article()

    content = Unpacker(no_dictionary).unpack(pack(article))

    assert content.article == article
    assert content.appraisal == judge(article)


def test_a_dictionary_makes_records_smaller_and_is_found_by_its_id() -> None:
    articles = many(packing.ENOUGH_SAMPLES)
    dictionary_id, dictionary = packing.train([packing.encode(a) for a in articles])

    packed = pack(articles[0], dictionary)

    assert len(packed) < len(pack(articles[0])) / 2
    unpacker = Unpacker({dictionary_id: dictionary}.__getitem__)
    assert unpacker.unpack(packed).article == articles[0]


def test_a_record_without_its_dictionary_is_an_error() -> None:
    articles = many(packing.ENOUGH_SAMPLES)
    _, dictionary = packing.train([packing.encode(a) for a in articles])

    with pytest.raises(KeyError):
        Unpacker(no_dictionary).unpack(pack(articles[0], dictionary))


def test_a_damaged_record_is_an_error() -> None:
    packed = bytearray(pack(an_article()))
    packed[-6] ^= 0xFF

    with pytest.raises((zstandard.ZstdError, ValueError)):
        Unpacker(no_dictionary).unpack(bytes(packed))


def test_equal_articles_have_equal_hashes_and_others_do_not() -> None:
    one, other = packing.encode(an_article()), packing.encode(an_article(version=2))

    assert packing.content_hash(one) == packing.content_hash(
        packing.encode(an_article())
    )
    assert packing.content_hash(one) != packing.content_hash(other)
    assert 0 <= packing.content_hash(one) < 2**63 - 2


def test_an_article_judged_by_other_rules_is_other_content() -> None:
    encoded = packing.encode(an_article())

    assert packing.content_hash(encoded, 1) != packing.content_hash(encoded, 2)


def test_every_real_record_comes_back_equal(shared_data: Path) -> None:
    unpacker = Unpacker(no_dictionary)
    count = 0
    for path in find([shared_data / "pubmed"]):
        with open_xml(path) as file:
            for article in read_records(file):
                if isinstance(article, Article):
                    assert unpacker.unpack(pack(article)).article == article
                    count += 1

    assert count > 700

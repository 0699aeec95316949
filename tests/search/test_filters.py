"""Filters by name."""

from ownjournal.search import filters


def test_a_filter_is_known_however_its_name_is_written() -> None:
    narrow = filters.query_of("therapy/narrow")
    assert narrow is not None
    for name in ("Therapy/Narrow", "therapy narrow", "THERAPYNARROW"):
        assert filters.query_of(name) == narrow
    assert filters.query_of("aetiology/broad") == filters.query_of("Etiology/Broad")
    assert filters.query_of("hasabstract") is None


def test_no_name_is_both_a_fact_and_a_query() -> None:
    queries = {filters.squashed(name) for name in filters.QUERIES}
    for names in (filters.FACTS, filters.ALL, filters.UNKNOWN):
        assert not queries & set(names)


def test_a_word_that_is_a_command_asks_for_a_fact() -> None:
    assert filters.command("hasErratumIn") == ("haserratumin", "sb")
    assert filters.command("ownernlm") == ("nlm", "owner")
    assert filters.command("hashimoto") is filters.command("owner") is None
    for word, field in filters.COMMANDS.items():
        assert field == "owner" or word in filters.NAMES
        assert filters.unanswered(word) is None


def test_a_name_that_is_none_is_told_with_the_nearest() -> None:
    assert "not known here" in filters.misfit("Full Text")
    assert "Did you mean systematic review?" in filters.misfit("systematic reviw")
    assert "Did you mean free full text?" in filters.misfit("free fulltxt")
    assert filters.misfit("qqqq").endswith("left out.")

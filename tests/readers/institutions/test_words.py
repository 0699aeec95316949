import pytest

from ownjournal.readers.institutions.words import searchable, words


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Université de Göteborg", ["universite", "de", "goteborg"]),
        ("St. Mary's (NHS) Trust", ["st", "mary", "s", "nhs", "trust"]),
        ("Københavns Łódź Straße Æ", ["kobenhavns", "lodz", "strasse", "ae"]),
        ("İstanbul Üniversitesi", ["istanbul", "universitesi"]),
        ("北京大学 ﬁ", ["北京大学", "fi"]),
        (" _ - ", []),
    ],
)
def test_words_are_in_their_plainest_form(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_what_is_searched_has_a_space_before_each_word() -> None:
    assert searchable("Merrow U", None, "Ö") == " merrow u o"

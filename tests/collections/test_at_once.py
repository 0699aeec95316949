"""Two who change a collection at the same moment: one change, then the other."""

from collections.abc import Callable

import pytest
from django.db import transaction

from made.overlapping import overlapping
from made.shelf import shelve
from ownjournal.collections import arranging, curating, leaving, watching
from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.models import Collected, Collection, Section
from ownjournal.readers.models import Reader

from .conftest import FIRST, NOW

pytestmark = pytest.mark.django_db(transaction=True)
Change = Callable[[Collection, Reader, Section], object]

CHANGES: dict[str, Change] = {
    "add": lambda kept, by, section: arranging.add(
        kept, [FIRST + 7], NOW, by=by, section=section
    ),
    "remove": lambda kept, by, _: arranging.remove(kept, FIRST, NOW, by=by),
    "say": lambda kept, by, _: arranging.say(kept, FIRST, "Why", NOW, by=by),
    "move": lambda kept, by, section: arranging.move(
        kept, FIRST, 1, NOW, by=by, section=section
    ),
    "add a section": lambda kept, by, _: arranging.add_section(
        kept, "Reviews", NOW, by=by
    ),
    "rename a section": lambda kept, by, section: arranging.rename_section(
        kept, section, "Reviews", NOW, by=by
    ),
    "move a section": lambda kept, by, section: arranging.move_section(
        kept, section, -1
    ),
    "remove a section": lambda kept, by, section: arranging.remove_section(
        kept, section, NOW, by=by
    ),
}
OF_SECTION = ("add", "move", "rename a section", "move a section", "remove a section")


@pytest.fixture
def filled(fevers: Collection, ada: Reader) -> Collection:
    """Six articles without a heading."""
    arranging.add(fevers, range(FIRST, FIRST + 6), NOW, by=ada)
    return fevers


@pytest.fixture
def trials(filled: Collection, ada: Reader) -> Section:
    return arranging.add_section(filled, "Trials", NOW, by=ada)


def places(collection: Collection) -> list[tuple[int, int]]:
    rows = collection.articles.order_by("position", "pk")
    return [(pmid - FIRST, at) for pmid, at in rows.values_list("pmid", "position")]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_holds_nothing_while_it_waits_for_another(
    filled: Collection, ada: Reader, trials: Section, change: Change
) -> None:
    def free() -> None:
        """Raises OperationalError where somebody has one of these rows."""
        for rows in (Collected.objects.all(), Section.objects.all()):
            list(rows.select_for_update(nowait=True))

    assert overlapping(
        lambda: Collection.objects.select_for_update().get(),
        lambda: change(filled, ada, trials),
        then=free,
    )


def test_an_article_that_is_removed_twice_leaves_one_gap_to_close(
    filled: Collection, ada: Reader
) -> None:
    def remove() -> None:
        arranging.remove(filled, FIRST + 1, NOW, by=ada)

    overlapping(remove, remove)

    assert places(filled) == [(0, 1), (2, 2), (3, 3), (4, 4), (5, 5)]
    assert filled.changes.filter(what="removed").count() == 1


def test_an_article_that_is_moved_and_removed_leaves_no_gap(
    filled: Collection, ada: Reader
) -> None:
    overlapping(
        lambda: arranging.move(filled, FIRST + 5, 2, NOW, by=ada, section=None),
        lambda: arranging.remove(filled, FIRST + 5, NOW, by=ada),
    )

    assert places(filled) == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]


def test_the_same_section_is_added_once(filled: Collection, ada: Reader) -> None:
    def add() -> None:
        arranging.add_section(filled, "Trials", NOW, by=ada)

    with pytest.raises(CannotArrange, match="already"):
        overlapping(add, add)

    assert [each.name for each in filled.sections.all()] == ["Trials"]


@pytest.mark.parametrize("name", OF_SECTION)
def test_what_means_a_section_that_is_gone_says_so(
    filled: Collection, ada: Reader, trials: Section, name: str
) -> None:
    Section.objects.filter(pk=trials.pk).delete()

    with pytest.raises(CannotArrange, match="section is no longer there"):
        CHANGES[name](filled, ada, trials)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_means_a_collection_that_is_gone_says_so(
    filled: Collection, ada: Reader, trials: Section, change: Change
) -> None:
    Collection.objects.filter(pk=filled.pk).delete()

    with pytest.raises(CannotArrange, match="no longer there"):
        change(filled, ada, trials)


def test_news_of_its_articles_wait_for_who_changes_it(
    filled: Collection, ada: Reader
) -> None:
    watching.look()
    shelve(taken_back=[FIRST])

    def free() -> None:
        """Raises OperationalError where somebody has one of these rows."""
        list(Collected.objects.select_for_update(nowait=True))

    assert overlapping(
        lambda: arranging.remove(filled, FIRST + 1, NOW, by=ada),
        watching.look,
        then=free,
    )
    assert filled.changes.filter(what="gone").count() == 1


def test_of_two_curators_who_leave_at_once_one_stays(
    fevers: Collection, ada: Reader, bea: Reader
) -> None:
    fevers.curators.create(reader=bea, since_at=NOW)

    with pytest.raises(CannotArrange, match="Nobody else"):
        overlapping(
            lambda: curating.leave(fevers, ada, NOW),
            lambda: curating.leave(fevers, bea, NOW),
        )

    assert [each.reader for each in fevers.curators.all()] == [bea]


def test_two_curators_who_are_erased_at_once_leave_no_collection(
    fevers: Collection, ada: Reader, bea: Reader
) -> None:
    fevers.curators.create(reader=bea, since_at=NOW)

    def erase(reader: Reader) -> None:
        with transaction.atomic():
            leaving.see_off(reader, keeps_notes=False)
            reader.delete()

    overlapping(lambda: erase(ada), lambda: erase(bea))

    assert not Collection.objects.exists()


def test_whoever_comes_in_at_the_end_has_come_in_or_is_told(
    fevers: Collection, ada: Reader, bea: Reader
) -> None:
    curating.invite(fevers, ada, "bea@merrow.test", NOW)
    invitation = fevers.invitations.get()

    with pytest.raises(CannotArrange, match="Others keep"):
        overlapping(
            lambda: curating.accept(invitation, bea, NOW),
            lambda: curating.end(fevers),
        )

    assert fevers.curators.count() == 2

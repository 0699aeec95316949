import pytest

from ownjournal.catalogue import mesh
from ownjournal.catalogue.models import Descriptor, Heading, Term
from ownjournal.pubmed.mesh import Descriptor as Read

pytestmark = pytest.mark.django_db


def descriptors() -> list[Read]:
    return [
        Read(ui="D1", name="Heart Diseases", tree_numbers=("C14.280",)),
        Read(
            ui="D2",
            name="Heart Failure",
            tree_numbers=("C14.280.434",),
            entry_terms=("Cardiac Failure",),
        ),
        Read(ui="D3", name="Lung Diseases", tree_numbers=("C08.381", "C14.2805")),
    ]


def test_a_topic_is_found_by_name_entry_term_and_ui() -> None:
    assert mesh.load(descriptors()) == 3

    for text in ("heart failure", " Cardiac failure ", "D2", "d2"):
        assert mesh.find(text) == ("D2", "Heart Failure")
    assert mesh.find("Heart") is None


def test_a_topic_includes_the_narrower_ones() -> None:
    mesh.load(descriptors())

    assert mesh.narrower("D1") == {"D1", "D2"}
    assert mesh.narrower("D2") == {"D2"}
    assert mesh.narrower("D9") == {"D9"}


def test_loading_again_replaces_what_was_there() -> None:
    mesh.load(descriptors())

    assert mesh.load(descriptors()[:1]) == 1

    assert Descriptor.objects.count() == 1
    assert set(Term.objects.values_list("text", flat=True)) == {"Heart Diseases"}


def test_a_file_that_breaks_off_changes_nothing() -> None:
    mesh.load(descriptors())

    def broken():  # type: ignore[no-untyped-def]
        yield descriptors()[0]
        raise OSError("cut off")

    with pytest.raises(OSError, match="cut off"):
        mesh.load(broken())

    assert Descriptor.objects.count() == 3


def test_without_the_file_the_headings_seen_are_known() -> None:
    Heading.objects.create(ui="D9", name="Asthma", file_key=1)

    assert mesh.find("asthma") == ("D9", "Asthma")
    assert mesh.find("D9") == ("D9", "Asthma")
    assert mesh.name("D9") == "Asthma"
    assert mesh.name("D10") is None


def test_the_whole_tree_tells_of_each_what_it_tells_alone() -> None:
    mesh.load(descriptors())
    tree = mesh.Tree.read()

    for ui in ("D1", "D2", "D3", "D9"):
        assert tree.narrower(ui) == mesh.narrower(ui)
    assert mesh.names(["D1", "D9"]) == {"D1": "Heart Diseases"}

"""Where files are made, numbered and loaded, and what the database says then."""

from pathlib import Path
from typing import Any

from made.bad_inputs import BadInput, packed, titled
from ownjournal.catalogue import store
from ownjournal.catalogue.checking import state_hash
from ownjournal.catalogue.ingest import Loading, Outcome, ingest
from ownjournal.catalogue.models import (
    AppliedFile,
    Heading,
    Journal,
    Quarantined,
    RefusedFile,
)
from ownjournal.pubmed.article import Article


class Desk:
    """Gives files their numbers in the order in which they are put."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0
        self.loading = Loading(spool=folder / "spool", workers=1)

    def put(self, content: bytes, sidecar: str | None = None) -> Path:
        """A file of the next number, with a checksum file if there is one."""
        self.number += 1
        path = self.folder / f"pubmed26n{self.number:04}.xml.gz"
        path.write_bytes(content)
        if sidecar is not None:
            beside = path.with_name(f"{path.name}.md5")
            beside.write_text(sidecar.format(name=path.name))
        return path

    def load(self, *paths: Path) -> list[Outcome]:
        return ingest(paths, self.loading)

    def take(self, bad: BadInput) -> Outcome:
        """Load one that is taken, and see that it leaves what it should."""
        [outcome] = self.load(self.put(bad.content, bad.sidecar))
        assert outcome.state == "applied", outcome
        assert outcome.applied is not None
        assert outcome.applied.rejected == bad.set_aside
        assert all(store.get(pmid) for pmid in bad.live)
        assert not any(store.get(pmid) for pmid in bad.gone)
        return outcome

    def refuse(self, bad: BadInput) -> Outcome:
        """Load one that is refused: alone, which changes nothing, and among others."""
        first, number = titled(1, f"First of {self.number}."), self.number
        [before] = self.load(self.put(packed(first, titled(number + 10))))
        held = everything()
        path = self.put(bad.content, bad.sidecar)
        [outcome] = self.load(path)
        assert everything() == held

        good = self.put(packed(titled(number + 11)))
        outcomes = self.load(path, good)

        assert [each.state for each in outcomes] == ["refused", "applied"]
        assert (outcomes[0].code, outcomes[0].message) == (
            outcome.code,
            outcome.message,
        )
        assert outcome.code == bad.code, outcome
        assert_told(outcome)
        assert store.get(number + 11)
        return outcome


def assert_told(outcome: Outcome) -> None:
    """The operator can read that the file was refused, and why, in a sentence."""
    row = RefusedFile.objects.get(name=outcome.name)
    assert (row.code, row.reason) == (outcome.code, outcome.message)
    assert row.reason[0].isupper() or row.reason.startswith("pubmed26n")
    assert row.reason.endswith(".")
    assert len(row.reason.split()) >= 3


def everything() -> dict[str, Any]:
    """All that a file can change."""
    return {
        "articles": state_hash(),
        "revision": store.revision(),
        "live": store.count(),
        **{
            model.__name__: list(model.objects.order_by("pk").values())
            for model in (AppliedFile, Heading, Journal, Quarantined)
        },
    }


def article(pmid: int) -> Article:
    """The live article."""
    kept = store.get(pmid)
    assert kept is not None, pmid
    return kept.article


def title(pmid: int) -> str | None:
    return article(pmid).title

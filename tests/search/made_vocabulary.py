"""A small vocabulary of invented and of well-known names."""

from collections.abc import Collection, Mapping

from ownjournal.search.vocabulary import KnownJournal, Topic

FEVER = Topic("D005334", "Fever", "topic")
FALL = Topic("D777001", "Falls, Sudden, of Merrow", "topic")
TRIAL = Topic("D016449", "Randomized Controlled Trial", "publication-type")
TRIALS = Topic("D777002", "Merrow Fever of the Head", "topic")
TYPE_A = Topic("D777003", "Fever, Merrow A", "topic")
INSIDE = Topic("D777004", "In Vitro Bog", "topic")
BOG = KnownJournal("9900001", "Annals of the bog", "Ann Bog")

TOPICS = {
    "fever": FEVER,
    "fevers": FEVER,
    "pyrexia": FEVER,
    "sudden fall": FALL,
    "falls, sudden": FALL,
    "randomized controlled trial": TRIAL,
    "fever of the head": TRIALS,
    "head fever": TRIALS,
    "type 2 fever": TRIALS,
    "il 6": TRIALS,
    "merrow a": TYPE_A,
    "peat fever": TYPE_A,
    "in vitro bog": INSIDE,
}
JOURNALS = {
    "annals of the bog": (BOG,),
    "ann bog": (BOG,),
    "bog": (BOG,),
    "about the bog": (BOG,),
}
NARROWER = {"D005334": frozenset({"D005334", "D777001"})}
AUTHORS = frozenset({"okonfold t", "quill ab", "quill a", "young as"})
ABBREVIATIONS = {
    "slf": ("sudden long fall",),
    "sudden long fall": ("SLF",),
    "pyr": ("fever",),
}


class Dictionary:
    """A `Vocabulary` of the names above."""

    def topics(self, names: Collection[str]) -> Mapping[str, Topic]:
        return {name: TOPICS[name] for name in names if name in TOPICS}

    def narrower(self, uis: Collection[str]) -> Mapping[str, frozenset[str]]:
        return {ui: NARROWER.get(ui, frozenset({ui})) for ui in uis}

    def journals(
        self, names: Collection[str]
    ) -> Mapping[str, tuple[KnownJournal, ...]]:
        return {name: JOURNALS[name] for name in names if name in JOURNALS}

    def authors(self, names: Collection[str]) -> frozenset[str]:
        return AUTHORS.intersection(names)

    def abbreviations(self, names: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        return {name: ABBREVIATIONS[name] for name in names if name in ABBREVIATIONS}

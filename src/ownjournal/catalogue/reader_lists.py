"""What a query can say of the reader who asks: sent:me, in:saved, has:note.

The catalogue knows no readers. Whoever has such a list names its function in the
setting SEARCH_LISTS, and it is asked when a query uses the words.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.module_loading import import_string

from ownjournal.search.query import Term

User = AbstractBaseUser | AnonymousUser
List = Callable[[User], Collection[int]]
"""The PMIDs of a list of this user, the newest first."""

MOST = 10_000
"""Articles of a list that are looked at, the newest first."""

FOR_ALL = frozenset({"has:note"})
"""Lists that visitors may ask for too: of what is public."""

KNOWN = ("sent:me", "in:saved", "has:note")
SIGN_IN = "{name} looks among what is yours: sign in to use it."
NO_LIST = "“{name}” is no list of yours. There are {known}."


@dataclass(slots=True)
class ReaderLists:
    """The lists of one user during one search, and what had to be said of them."""

    user: User = field(default_factory=AnonymousUser)
    asked: bool = False  # whether any list was: then the answer is this user's alone
    advice: list[str] = field(default_factory=list)

    def of(self, term: Term) -> Collection[int]:
        """The PMIDs of `sent:me` and the like; none where it cannot be told."""
        name = f"{term.field}:{term.text.lower()}"
        self.asked = True
        source = settings.SEARCH_LISTS.get(name)
        if source is None:
            self._say(NO_LIST.format(name=name, known=_known()))
            return ()
        if name not in FOR_ALL and not self.user.is_authenticated:
            self._say(SIGN_IN.format(name=name))
            return ()
        found: Collection[int] = import_string(source)(self.user)
        return list(found)[:MOST]

    def _say(self, sentence: str) -> None:
        if sentence not in self.advice:
            self.advice.append(sentence)


def _known() -> str:
    return f"{', '.join(KNOWN[:-1])} and {KNOWN[-1]}"

"""Every address of the site, with what `made.two_readers` names, and whose it is.

A test holds the list against the site's own: an address without a row fails it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver, resolve

PUBLIC = "the same for everybody, with nothing of a reader"
OWN = "each reader sees what is theirs, a visitor nothing"
HERS = "of one reader's thing: not there for anybody else"
SECRET = "for whoever has the link"
STAFF = "for moderators"


class Address(NamedTuple):
    """One row."""

    whose: str
    path: str  # with the names of things in braces

    def of(self, things: dict[str, str]) -> str:
        return self.path.format(**things)


ROWS = {
    PUBLIC: """
        / /appraisal /about /privacy /robots.txt /health/live /health/ready /metrics
        /api/v1/ /api/v1/openapi.json /api/v1/search?q=gout /api/v1/facets?q=gout
        /api/v1/articles/99100001 /api/v1/similar/99100001
        /sign-in /sign-up /trial /sign-in/code /sign-in/mail/abcdef
        /sign-in/password /sign-in/passkey /sign-in/second-step /sign-out
        /account/left /articles/99100001/say /follow
        /articles/99100001/full-text /libraries /libraries.json /libraries/thanks
        /libraries/mine /libraries/propose
        /articles/99100001/notes /notes/newest /articles/99100001/rate
        /journals /journals/99000001X /journals/99000001X/a-b
        /journals/99000001X/a-b/2026 /journals/99000001X/a-b/2026/3
        /types/D016428 /types/D016428/beside /types/D016428/a
        /topics /topics/D006973+D003920 /topics/D006973/beside /topics/D006973/a
        /topics/D006973/a/alone /authors/A%20B/beside /authors/A%20B
        /designs/rct/beside /designs/rct
        /posts /posts/feed.atom /collections
        /articles/99100001 /articles/99100001.txt /articles/99100001.ris
        /articles/99100001/cite /articles/99100001/citation.txt
        /articles/99100001/citation.json /styles /styles.json
        /search?q=gout /search.atom?q=gout /search/feed.json?q=gout
        /feeds/topics/D006973.atom /feeds/journals/99000001X.atom
        /search.ris?q=gout /export /unapi /doi/10.1/x /pmc/PMC1 /pmid/1
        /articles/99100001/cited-by /articles/99100001/similar
        /articles/99100001/similar/part /articles/99100001/a-title
        /articles/none /nowhere
    """,
    OWN: """
        /account /account/prove /account/address /account/password
        /account/browsers/end /account/passkeys/add /account/second-step
        /account/second-step/off /account/recovery-codes
        /account/recovery-codes/again /account/export /account/export.zip
        /account/leave /account/membership /account/signature /mail /welcome
        /practice /practice/skip /practice/specialty /practice/topics
        /practice/follows /practice/seeds /practice/schedule /practice/cards
        /practice/issue /practice/ready /interests /interests/said
        /interests/forget /saved /saved/export /saved/99100001/tags
        /log /log.csv /log.pdf /log/keep /log/read/99100001
        /searches /searches/save /searches/history
        /notes/pictures /notes/export /notes/export.zip
        /notes/annotations.jsonld /notes/import /notes
        /issues /issues/newest /issues/pause /issues/feed
        /groups /groups/new /posts/drafts /posts/new /articles/99100001/pick
        /collections/mine /collections/new /articles/99100001/collect
    """,
    HERS: """
        /account/passkeys/{passkey}/remove /interests/{interest}/remove
        /log/{row} /log/{row}/remove /searches/{search}/rename
        /libraries/{library} /libraries/{library}/report /media/{picture}
        /notes/{note}/helpful /notes/{note}/report /notes/{note}/still-true
        /notes/{note} /notes/{note}/history /notes/{note}/edit /notes/{note}/delete
        /notes/{note}/undo /collections/{collection}/notes
        /issues/{issue} /issues/{issue}.epub /issues/{issue}/export
        /issues/{issue}.ris
        /groups/{group} /groups/{group}/join /groups/{group}/leave
        /groups/{group}/members /groups/{group}/settings /groups/{group}/delete
        /groups/{group}/meetings/new /groups/{group}/meetings/{meeting}
        /groups/{group}/meetings/{meeting}.ics /groups/{group}/meetings/{meeting}/plan
        /groups/{group}/meetings/{meeting}/appraisal
        /groups/{group}/meetings/{meeting}/minutes
        /groups/{group}/meetings/{meeting}/remove
        /posts/{post} /posts/{post}/a /posts/{post}/edit
        /collections/{collection} /collections/{collection}/a
        /collections/{collection}/feed.atom /collections/{collection}/history
        /collections/{collection}/export /collections/{collection}/suggest
        /collections/{collection}/follow /collections/{collection}/edit
        /collections/{collection}/add /collections/{collection}/articles/99100001
        /collections/{collection}/sections
        /collections/{collection}/suggestions/{suggestion}
        /collections/{collection}/settings /collections/{collection}/curators
        /collections/{collection}/link /collections/{collection}/delete
    """,
    SECRET: """
        /sign-in/{entry} /unsubscribe/{stop} /say/{say}
        /searches/feeds/{searchfeed}.atom /issues/feeds/{feed}.atom
        /issues/feeds/{feed}/articles.json /groups/invitations/{joining}
        /collections/invitations/{curating} /collections/{shared}
        /collections/{shared}/a /collections/{shared}/feed.atom
        /collections/{shared}/history /collections/{shared}/export
        /collections/{shared}/suggest
    """,
    STAFF: """
        /moderation /moderation/notes/{note} /moderation/readers/1/unban
    """,
}


def addresses(*whose: str) -> list[Address]:
    """The rows of these kinds; of all kinds where none is named."""
    return [
        Address(kind, path)
        for kind, paths in ROWS.items()
        if not whose or kind in whose
        for path in paths.split()
    ]


def listed() -> set[str]:
    """The routes that the site's list has, but those of /admin/."""
    return {each for each in _routes(get_resolver()) if not each.startswith("admin/")}


def of_operators() -> list[str]:
    """The routes below /admin/."""
    return sorted(each for each in _routes(get_resolver()) if each[:6] == "admin/")


def route_of(path: str) -> str:
    """The one that answers for a path."""
    return str(resolve(path.split("?")[0].replace("%20", " ")).route)


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _routes(each, route)
        elif isinstance(each, URLPattern):
            yield route

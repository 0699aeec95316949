"""What is kept of readers: each table, in a plain sentence, for the policy page.

A test holds this list against the database: every table that leads to a reader, or
has a field for an address, stands in one row.
"""

from typing import NamedTuple

ERASED = "Until you remove it or erase your account"
ACCOUNT = "Until you erase your account"
YOU, OPERATORS = "You", "You and the operators"


class Kept(NamedTuple):
    """One row of the page, for one table or a few."""

    what: str
    why: str
    how_long: str
    who: str  # sees it on a page
    tables: tuple[str, ...]  # app_label.model, in small letters


KEPT = (
    Kept(
        "Your e-mail address, your country, specialty and time zone if you tell them, "
        "and when you want your issues",
        "To know you, and to make and send your issues",
        ACCOUNT,
        OPERATORS,
        ("readers.reader", "account.emailaddress", "account.emailconfirmation"),
    ),
    Kept(
        "Which topics, words, journals, authors and articles you follow or mute",
        "To choose your articles",
        ERASED,
        YOU,
        ("readers.interest", "responses.mute"),
    ),
    Kept(
        "What you said of articles, which you saved, and your tags",
        "To choose your articles, and to find them again",
        ERASED,
        YOU,
        ("responses.response", "responses.saved", "responses.savedtag"),
    ),
    Kept(
        "Which collections you keep, under which name, and what you did there; "
        "articles that you suggested, and collections that you follow; how often one "
        "is opened, but never by whom",
        "To keep lists of articles, alone or with others",
        "Until you leave it or erase your account; what others keep too stays theirs",
        "Whoever may see the collection; a suggestion is shown without your name",
        (
            "collections.curator",
            "collections.suggestion",
            "collections.change",
            "collections.follower",
        ),
    ),
    Kept(
        "That you are an editor, which posts you wrote under which name, and which "
        "articles you picked",
        "For the editors’ page",
        "Until you erase your account; what you leave to the site stays without you",
        "Everybody sees the name on a post; editors see the rest",
        ("posts.editor", "posts.author", "posts.pick"),
    ),
    Kept(
        "In which groups you are; what a group wrote is the group's",
        "To share collections and notes with its members",
        "Until you leave it or erase your account",
        "The members of that group",
        ("groups.membership",),
    ),
    Kept(
        "Addresses that were invited to a group or a collection, and by whom",
        "To mail the invitation",
        "A month, or until it is used",
        "Owners of the group, curators of the collection",
        ("groups.groupinvitation", "collections.curatorinvitation"),
    ),
    Kept(
        "Your issues, as they were made",
        "So that you find again what you were sent, and nothing comes twice",
        ACCOUNT,
        "You; operators see the date of the last one",
        (
            "issues.issue",
            "issues.issuearticle",
            "issues.issuenotice",
            "issues.interestsnapshot",
        ),
    ),
    Kept(
        "Your reading log: which articles you opened, read, saved, rated or noted, and "
        "when; you can switch it off",
        "For your own record of learning",
        ERASED,
        YOU,
        ("reading_log.logrow",),
    ),
    Kept(
        "Searches you saved; the last ones you made, only if you ask for it",
        "To bring you their new hits, and to repeat them",
        ERASED,
        YOU,
        ("readers.savedsearch", "readers.pastsearch"),
    ),
    Kept(
        "Your libraries; who proposed one",
        "To lead you to full texts",
        ERASED,
        OPERATORS,
        ("readers.readerinstitution", "readers.institution"),
    ),
    Kept(
        "How you sign in: passkeys, a password's hash, a second step, an ORCID iD",
        "So that nobody else comes in",
        ERASED,
        YOU,
        ("mfa.authenticator", "accounts.orcidaccount"),
    ),
    Kept(
        "Which browsers are signed in, as “Firefox on Windows”",
        "So that you can end what is not yours",
        "30 days after you signed in, or until you sign out",
        YOU,
        ("accounts.session",),
    ),
    Kept(
        "An address that was typed in to join or to sign in, and that a code was sent",
        "To let in whoever has that mailbox",
        "A day",
        "Nobody",
        ("accounts.mailedcode", "readers.signinlink"),
    ),
    Kept(
        "That a mail was sent to you, and whether it came back; not its text",
        "To send nothing twice, and nothing to a mailbox that is gone",
        ACCOUNT,
        "You; operators see that mail does not reach you",
        ("post.letter", "post.bounce", "post.suppression"),
    ),
    Kept(
        "Your trial or membership: from when, until when, and who changed it",
        "To know who gets issues",
        ACCOUNT,
        OPERATORS,
        ("membership.trial", "membership.member", "membership.change"),
    ),
    Kept(
        "The file with all that is yours, when you ask for it; and that you asked to "
        "be erased, until it is done",
        "To hand it to you, and to do it",
        "A day",
        YOU,
        ("leaving.export", "leaving.farewell"),
    ),
    Kept(
        "That an account was erased: a number made from when it began, from which "
        "nobody can be known",
        "So that a copy put back after damage does not bring it back",
        "As long as the site has such copies",
        "Nobody",
        (),
    ),
    Kept(
        "That an address had its trial: a number made from it with this site's secret, "
        "from which it cannot be read",
        "So that each address has one trial",
        "As long as the site gives trials, also after your account is erased",
        "Nobody",
        ("membership.takentrial",),
    ),
    Kept(
        "Your notes with what they said before an edit, your drafts, and how you sign",
        "To keep what you think of articles, and to show it to whom you choose",
        "Until you delete it or erase your account; public notes stay without your "
        "name if you choose so when you leave",
        "You; a note also whoever you share it with, with your name and its licence",
        ("notes.note", "notes.version", "notes.draft", "notes.signature"),
    ),
    Kept(
        "Pictures you put into notes, without what a camera writes into them",
        "To show them with your notes",
        "A day, or as long as a note of yours shows it",
        "Whoever may see that note",
        ("pictures.picture",),
    ),
    Kept(
        "What you answered when you rated an article, and your specialty at that time",
        "To tell how readers of a specialty find it: counts alone, from three readers",
        ERASED,
        YOU,
        ("ratings.rating",),
    ),
    Kept(
        "Which notes you found helpful; which you reported, and why",
        "To show what helps, and to look after notes",
        ERASED,
        "You; moderators see what was reported, without your name",
        ("moderation.helpful", "moderation.report"),
    ),
    Kept(
        "That you may moderate, or may not publish; what was decided about your notes, "
        "by whom and why",
        "To look after notes, and to answer for it",
        ACCOUNT,
        "Moderators and operators; you by mail",
        ("moderation.moderator", "moderation.ban", "moderation.decision"),
    ),
    Kept(
        "How often somebody tried to join or to sign in: a number made from where they "
        "are on the network",
        "To slow down whoever tries too often",
        "A day",
        "Nobody",
        ("readers.attempts",),
    ),
    Kept(
        "What an operator changed on the operators' pages",
        "To know who did what",
        "Until that operator erases their account",
        "Operators",
        ("admin.logentry",),
    ),
)

"""Which articles a site keeps: all, or a part of PubMed."""

from msgspec import Struct

from ownjournal.pubmed.article import Article

HUMANS = "D006801"
ANIMALS = "D000818"


class Scope(Struct, frozen=True):
    """What is kept. An empty field asks for nothing; all others must hold."""

    journals: frozenset[str] = frozenset()  # NLM ids, ISSNs or abbreviations
    mesh: frozenset[str] = frozenset()  # descriptor UIs, narrower ones included
    languages: frozenset[str] = frozenset()  # three letters, "eng"
    first_year: int | None = None
    last_year: int | None = None
    humans_only: bool = False

    def has(self, article: Article) -> bool:
        """Whether the site keeps this article.

        A record without MeSH headings passes the two rules on headings: they
        come days after the record, and a record once dropped is not seen again.
        """
        return (
            self._has_journal(article)
            and self._has_language(article)
            and self._has_year(article)
            and (not article.mesh or self._has_headings(article))
        )

    def _has_journal(self, article: Article) -> bool:
        journal = article.journal
        if not self.journals:
            return True
        return journal is not None and not self.journals.isdisjoint(
            (
                journal.nlm_id,
                journal.issn,
                journal.issn_linking,
                journal.abbreviation,
                journal.medline_abbreviation,
            )
        )

    def _has_language(self, article: Article) -> bool:
        return not self.languages or not self.languages.isdisjoint(article.languages)

    def _has_year(self, article: Article) -> bool:
        if self.first_year is None and self.last_year is None:
            return True
        dates = [each.date.year for each in article.article_dates]
        if article.journal_issue is not None:
            dates.append(article.journal_issue.date.year)
        if article.book is not None:
            dates.append(article.book.date.year)
        years = [year for year in dates if year is not None]
        return not years or (
            (self.first_year is None or max(years) >= self.first_year)
            and (self.last_year is None or min(years) <= self.last_year)
        )

    def _has_headings(self, article: Article) -> bool:
        headings = {each.ui for each in article.mesh}
        if self.humans_only and ANIMALS in headings and HUMANS not in headings:
            return False
        return not self.mesh or not self.mesh.isdisjoint(headings)

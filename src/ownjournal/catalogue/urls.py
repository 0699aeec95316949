"""Pages of the catalogue."""

from django.urls import path, re_path

from ownjournal.catalogue import (
    cited_by,
    citing,
    downloads,
    lookups,
    public_feeds,
    search_feed,
    searching,
    similar,
    unapi,
    views,
)

app_name = "catalogue"

# [0-9], not \d: other digits than these are no PMID.
urlpatterns = [
    re_path(r"^articles/(?P<pmid>[1-9][0-9]{0,8})$", views.show, name="article"),
    re_path(
        r"^articles/(?P<pmid>[1-9][0-9]{0,8})\.txt$", views.plaintext, name="plaintext"
    ),
    re_path(
        r"^articles/(?P<pmid>[1-9][0-9]{0,8})\.(?P<extension>[a-z]{2,5})\Z",
        downloads.one,
        name="download",
    ),
    re_path(r"^articles/(?P<pmid>[1-9][0-9]{0,8})/cite\Z", citing.page, name="cite"),
    re_path(r"^articles/(?P<pmid>[1-9][0-9]{0,8})/citation\.txt\Z", citing.as_text),
    re_path(r"^articles/(?P<pmid>[1-9][0-9]{0,8})/citation\.json\Z", citing.as_json),
    path("styles", citing.list_styles, name="styles"),
    path("styles.json", citing.list_styles_as_json),
    path("search", searching.show, name="search"),
    path("search.atom", search_feed.public, name="search-feed"),
    path("search/feed.json", search_feed.public, {"form": "json"}),
    re_path(
        r"^feeds/topics/(?P<ui>D[0-9]{3,9})\.(?P<form>atom|json)\Z",
        public_feeds.topic,
        name="topic-feed",
    ),
    re_path(
        r"^feeds/journals/(?P<nlm_id>[0-9A-Za-z]{1,16})\.(?P<form>atom|json)\Z",
        public_feeds.journal,
        name="journal-feed",
    ),
    re_path(r"^search\.(?P<extension>[a-z]{2,5})\Z", downloads.search),
    path("export", downloads.export, name="export"),
    path("unapi", unapi.serve, name="unapi"),
    re_path(r"^doi/(?P<doi>.+)\Z", lookups.doi, name="doi"),
    re_path(r"^pmc/(?P<pmcid>[^/]+)/?\Z", lookups.pmc, name="pmc"),
    re_path(r"^pmid/(?P<pmid>[^/]+)/?\Z", lookups.pmid, name="pmid"),
    re_path(
        r"^articles/(?P<pmid>[1-9][0-9]{0,8})/cited-by\Z",
        cited_by.show,
        name="cited-by",
    ),
    re_path(
        r"^articles/(?P<pmid>[1-9][0-9]{0,8})/similar\Z", similar.show, name="similar"
    ),
    re_path(r"^articles/(?P<pmid>[1-9][0-9]{0,8})/similar/part\Z", similar.part),
    # Last: what no line above takes.
    re_path(
        r"^articles/(?P<pmid>[1-9][0-9]{0,8})/(?![0-9]+/?\Z)(?:[^/]+/?)?\Z",
        lookups.old_form,
    ),
    re_path(r"^articles/(?P<number>[^/]+)/?\Z", lookups.no_article),
]

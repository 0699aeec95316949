"""Pages to browse."""

from django.urls import re_path

from ownjournal.catalogue.browsing import authors, directory, pairs, topics, views

app_name = "browsing"

_JOURNAL = r"^journals/(?P<nlm_id>[0-9A-Za-z]{1,16})"
_SLUG = r"/(?P<slug>[-a-z0-9_]+)"
_YEAR = r"/(?P<year>[0-9]{1,4})"
_MONTH = r"/(?P<month>[0-9]{1,2}|month-unknown)"

urlpatterns = [
    re_path(r"^journals\Z", directory.show, name="journals"),
    re_path(rf"{_JOURNAL}/?\Z", views.journal),
    re_path(rf"{_JOURNAL}{_SLUG}/?\Z", views.journal, name="journal"),
    re_path(rf"{_JOURNAL}{_SLUG}{_YEAR}/?\Z", views.journal),
    re_path(rf"{_JOURNAL}{_SLUG}{_YEAR}{_MONTH}/?\Z", views.journal),
    re_path(r"^types/(?P<ui>D[0-9]{3,9})/?\Z", views.publication_type),
    re_path(r"^types/(?P<ui>D[0-9]{3,9})/beside\Z", views.beside_type),
    re_path(r"^types/(?P<ui>D[0-9]{3,9})/(?P<slug>[^/]+)\Z", views.publication_type),
    re_path(r"^topics/?\Z", topics.directory, name="topics"),
    re_path(r"^topics/(?P<one>[^/+]+)\+(?P<other>[^/+]+)(?:/[^/]*)?\Z", pairs.show),
    re_path(
        r"^topics/(?P<ui>D[0-9]{3,9})/beside(?:/(?P<alone>alone))?\Z", topics.beside
    ),
    re_path(r"^topics/(?P<ui>[^/]+)(?:/(?P<slug>[^/]*))?\Z", topics.show, name="topic"),
    re_path(r"^topics/(?P<ui>[^/]+)/(?P<slug>[^/]*)/(?P<alone>alone)\Z", topics.show),
    re_path(r"^authors/(?P<name>.+)/beside\Z", authors.beside),
    re_path(r"^authors/(?P<name>.+)\Z", authors.show, name="author"),
    re_path(r"^designs/(?P<code>[a-z-]{1,40})/beside\Z", views.beside_design),
    re_path(r"^designs/(?P<code>[a-z-]{1,40})\Z", views.design, name="design"),
]

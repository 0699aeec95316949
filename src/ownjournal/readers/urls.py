"""Pages of a reader: coming in, going out, what to follow."""

from django.urls import include, path, re_path

from ownjournal.readers import following, visits
from ownjournal.readers.accounts import signing_in
from ownjournal.readers.institutions import asked, views
from ownjournal.readers.membership import views as membership
from ownjournal.readers.searches import views as searches

app_name = "readers"

urlpatterns = [
    path("sign-in", signing_in.show, name="sign-in"),  # also as account_login
    path("sign-in/<slug:token>", visits.sign_in, name="sign-in-link"),
    path("sign-out", visits.sign_out, name="sign-out"),
    path("", include("ownjournal.readers.post.urls")),  # mail, unsubscribe/…
    path("", include("ownjournal.readers.profile.urls")),  # practice/…
    path("account/membership", membership.show, name="membership"),
    path("interests", following.show, name="interests"),
    path("interests/<int:interest_id>/remove", following.remove, name="remove"),
    path("", include("ownjournal.readers.responses.urls")),  # say, saved, follow
    path("", include("ownjournal.readers.log.urls")),  # log, log.csv, log.pdf
    path("searches", searches.show, name="searches"),
    path("searches/save", searches.save, name="search-save"),
    path("searches/history", searches.keep_history, name="search-history"),
    path("searches/<int:search_id>/<slug:deed>", searches.change, name="search-change"),
    re_path(
        r"^searches/feeds/(?P<search_id>[1-9][0-9]{0,17})-(?P<token>[0-9a-f]{32})\.atom\Z",
        searches.private_feed,
        name="search-feed",
    ),
    re_path(
        r"^articles/(?P<pmid>[1-9][0-9]{0,8})/full-text\Z",
        views.full_text,
        name="full-text",
    ),
    path("libraries", views.show, name="libraries"),
    path("libraries.json", views.registry, name="library-registry"),
    path("libraries/mine", views.mine, name="library-mine"),
    path("libraries/propose", asked.propose, name="library-propose"),
    path("libraries/thanks", asked.thanks, name="library-thanks"),
    path("libraries/<int:institution_id>", views.change, name="library-change"),
    path("libraries/<int:institution_id>/report", asked.report, name="library-report"),
]

"""Every page of the site, one line each, or one line for the app that has them."""

from django.urls import include, path, re_path

from ownjournal.site import health, home, metrics, policy, rules_page, short_addresses
from ownjournal.site.api import about as api_about
from ownjournal.site.api import views as api
from ownjournal.site.operators import operators

urlpatterns = [
    path("", home.show, name="home"),
    path("appraisal", rules_page.show, name="appraisal"),
    path("about", rules_page.moved),
    path("privacy", policy.show, name="privacy"),  # what is kept, and why
    path("robots.txt", home.robots, name="robots"),
    path("admin/", operators.urls),  # what operators look after
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", metrics.show, name="metrics"),  # where METRICS_TOKEN is set
    path("api/v1/", api_about.show, name="api-about"),
    path("api/v1/openapi.json", api.description, name="api-description"),
    path("api/v1/", api.api.urls),  # search, facets, articles/PMID, similar/PMID
    path("", include("ownjournal.readers.accounts.urls")),  # sign-in, account, …
    path("", include("ownjournal.readers.leaving.urls")),  # account/export, …/leave
    path("", include("ownjournal.readers.urls")),
    path("", include("ownjournal.notes.pictures.urls")),  # media/…, notes/pictures
    path("", include("ownjournal.notes.files.urls")),  # notes/export, notes/import
    path("", include("ownjournal.notes.ratings.urls")),  # articles/PMID/rate
    path("", include("ownjournal.notes.moderation.urls")),  # moderation, notes/…
    path("", include("ownjournal.notes.urls")),  # notes, articles/PMID/notes, …
    path("", include("ownjournal.issues.urls")),
    path("", include("ownjournal.catalogue.browsing.urls")),  # journals/…, types/…
    path("", include("ownjournal.collections.groups.urls")),  # groups/…
    path("", include("ownjournal.collections.posts.urls")),  # posts/…
    path("", include("ownjournal.collections.urls")),  # collections/…
    # Last, as it answers for whatever stands below articles/ otherwise.
    path("", include("ownjournal.catalogue.urls")),  # articles/…, search
    re_path(rf"^(?P<word>{short_addresses.WORD})/?\Z", short_addresses.lead),
]

handler400 = "ownjournal.site.errors.bad_request"
handler403 = "ownjournal.site.errors.forbidden"
handler404 = "ownjournal.site.errors.not_found"
handler500 = "ownjournal.site.errors.broken"

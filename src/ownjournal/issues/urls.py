"""Pages of a reader's issues; each is its reader's alone."""

from django.urls import path, re_path

from ownjournal.issues import downloads, epub, feeding, pausing, practice, views

app_name = "issues"

urlpatterns = [
    path("practice/cards", practice.cards, name="practice-cards"),
    path("practice/issue", practice.first_issue, name="practice-issue"),
    path("practice/ready", practice.make_ready, name="practice-ready"),
    path("issues", views.archive, name="archive"),
    path("issues/newest", views.newest, name="newest"),
    path("issues/pause", pausing.pause, name="pause"),
    path("issues/feed", feeding.switch, name="feed"),
    re_path(
        r"^issues/feeds/(?P<reader_id>[1-9][0-9]{0,17})-(?P<token>[0-9a-f]{32})"
        r"(?P<what>/articles|)\.(?P<form>atom|json)\Z",
        feeding.show,
    ),
    path("issues/<int:number>", views.show, name="issue"),
    path("issues/<int:number>.epub", epub.download, name="epub"),
    path("issues/<int:number>/export", downloads.export),
    re_path(
        r"^issues/(?P<number>[0-9]{1,9})\.(?P<extension>[a-z]{2,5})\Z", downloads.whole
    ),
]

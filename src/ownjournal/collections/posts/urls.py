"""Pages of posts; site/urls.py includes them."""

from django.urls import path, re_path

from ownjournal.collections.posts import editing, views

app_name = "posts"

POST = r"^posts/(?P<number>[1-9][0-9]{0,17})"

urlpatterns = [
    path("posts", views.show_all, name="posts"),
    re_path(r"^posts/feed\.(?P<form>atom|json|rss)\Z", views.feed, name="feed"),
    path("posts/drafts", editing.drafts, name="drafts"),
    path("posts/new", editing.make, name="new"),
    re_path(r"^articles/(?P<pmid>[1-9][0-9]{0,8})/pick\Z", editing.pick, name="pick"),
    re_path(rf"{POST}/edit\Z", editing.edit, name="edit"),
    re_path(rf"{POST}/?\Z", views.show),
    re_path(rf"{POST}/(?P<slug>[^/]+)\Z", views.show, name="post"),
]

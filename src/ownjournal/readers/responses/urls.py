"""Where readers say something of articles and see what they said."""

from django.urls import path, re_path

from ownjournal.readers.responses import by_mail, keeping, listing, tagging, views

urlpatterns = [
    re_path(r"^articles/(?P<pmid>[1-9][0-9]{0,8})/say\Z", views.say, name="say"),
    path("follow", views.change, name="follow"),
    re_path(r"^say/(?P<token>[\w.-]{1,120})\Z", by_mail.show, name="say-by-mail"),
    path("saved", keeping.show, name="saved"),
    path("saved/export", keeping.export),
    re_path(r"^saved/(?P<pmid>[1-9][0-9]{0,8})/tags\Z", tagging.tag, name="tag"),
    path("interests/said", listing.said, name="said"),
    path("interests/forget", listing.forget, name="forget"),
]

"""Pages of mail: stopping it, having it back, and what providers report."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from ownjournal.readers.post import unsubscribing, views

app_name = "post"

urlpatterns: list[URLPattern | URLResolver] = [
    path("mail", views.mail, name="mail"),
    path("unsubscribe/<str:token>", unsubscribing.unsubscribe, name="unsubscribe"),
]
if settings.MAIL.provider and settings.MAIL_WEBHOOK_SECRET:
    urlpatterns.append(path("post/", include("anymail.urls")))

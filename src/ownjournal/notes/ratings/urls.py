"""Where readers rate an article."""

from django.urls import re_path

from ownjournal.notes.ratings import views

app_name = "ratings"

urlpatterns = [
    re_path(r"^articles/(?P<pmid>[1-9][0-9]{0,8})/rate\Z", views.change, name="rate"),
]

"""Addresses of pictures."""

from django.urls import path, re_path

from ownjournal.notes.pictures import views
from ownjournal.notes.pictures.keeping import NAME

urlpatterns = [
    re_path(rf"^media/(?P<name>{NAME})$", views.show, name="picture"),
    path("notes/pictures", views.bring, name="bring-picture"),
]

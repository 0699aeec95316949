"""Pages of export and erasure; site/urls.py includes them."""

from django.urls import path

from ownjournal.readers.accounts.proof import proved
from ownjournal.readers.leaving import views

urlpatterns = [
    path("account/export", proved(views.export), name="account-export"),
    path("account/export.zip", proved(views.download), name="account-export-file"),
    path("account/leave", proved(views.leave), name="account-leave"),
    path("account/left", views.left, name="account-left"),
]

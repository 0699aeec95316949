"""Pages of a reader's issues; each is its reader's alone."""

from django.urls import path

from ownjournal.issues import views

app_name = "issues"

urlpatterns = [
    path("issues", views.archive, name="archive"),
    path("issues/newest", views.newest, name="newest"),
    path("issues/<int:number>", views.show, name="issue"),
]

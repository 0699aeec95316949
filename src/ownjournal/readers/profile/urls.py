"""Pages of the practice profile; cards and the first issue are pages of issues."""

from django.urls import path

from ownjournal.readers.profile import choosing, seeds, views

urlpatterns = [
    path("welcome", views.welcome, name="welcome"),
    path("practice", views.practice, name="practice"),
    path("practice/skip", views.skip_all, name="practice-skip"),
    path("practice/specialty", views.specialty, name="practice-specialty"),
    path("practice/topics", choosing.topics, name="practice-topics"),
    path("practice/follows", choosing.follows, name="practice-follows"),
    path("practice/seeds", seeds.seeds, name="practice-seeds"),
    path("practice/schedule", views.schedule, name="practice-schedule"),
]

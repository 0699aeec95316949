"""Pages of a reader: coming in, going out, what to follow."""

from django.urls import path

from ownjournal.readers import following, trial, visits

app_name = "readers"

urlpatterns = [
    path("sign-in", visits.how_to_sign_in, name="sign-in"),
    path("sign-in/<slug:token>", visits.sign_in, name="sign-in-link"),
    path("sign-out", visits.sign_out, name="sign-out"),
    path("trial", trial.ask, name="ask"),
    path("trial/thanks", trial.thanks, name="asked"),
    path("interests", following.show, name="interests"),
    path("interests/<int:interest_id>/remove", following.remove, name="remove"),
]

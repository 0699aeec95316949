"""Pages of groups; site/urls.py includes them."""

from django.urls import path, re_path

from ownjournal.collections.groups import meeting_page, views

app_name = "groups"

GROUP = r"^groups/(?P<number>[1-9][0-9]{0,17})"
MEETING = GROUP + r"/meetings/(?P<meeting>[1-9][0-9]{0,17})"

urlpatterns = [
    path("groups", views.mine, name="mine"),
    path("groups/new", views.make, name="new"),
    re_path(
        r"^groups/invitations/(?P<number>[1-9][0-9]{0,17})-(?P<token>[0-9a-f]{32})\Z",
        views.invitation,
        name="invitation",
    ),
    re_path(rf"{GROUP}\Z", views.show, name="group"),
    re_path(rf"{GROUP}/join\Z", views.join, name="join"),
    re_path(rf"{GROUP}/leave\Z", views.leave, name="leave"),
    re_path(rf"{GROUP}/members\Z", views.members, name="members"),
    re_path(rf"{GROUP}/settings\Z", views.settings, name="settings"),
    re_path(rf"{GROUP}/delete\Z", views.delete, name="delete"),
    re_path(rf"{GROUP}/meetings/new\Z", meeting_page.make, name="meeting-new"),
    re_path(rf"{MEETING}\Z", meeting_page.show, name="meeting"),
    re_path(rf"{MEETING}\.ics\Z", meeting_page.calendar, name="meeting-calendar"),
    re_path(rf"{MEETING}/plan\Z", meeting_page.plan, name="meeting-plan"),
    re_path(rf"{MEETING}/appraisal\Z", meeting_page.answers, name="meeting-answers"),
    re_path(rf"{MEETING}/minutes\Z", meeting_page.minutes, name="meeting-minutes"),
    re_path(rf"{MEETING}/remove\Z", meeting_page.remove, name="meeting-remove"),
]

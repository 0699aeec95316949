"""Pages of the reading log; readers/urls.py includes them."""

from django.urls import path, re_path

from ownjournal.readers.log import views

urlpatterns = [
    path("log", views.show, name="log"),
    path("log.csv", views.as_table, name="log-table"),
    path("log.pdf", views.as_document, name="log-document"),
    path("log/keep", views.switch, name="log-switch"),
    re_path(
        r"^log/read/(?P<pmid>[1-9][0-9]{0,8})\Z",
        views.add,
        name="log-read",
    ),
    path("log/<int:row_id>", views.change, name="log-row"),
    path("log/<int:row_id>/remove", views.remove, name="log-remove"),
]

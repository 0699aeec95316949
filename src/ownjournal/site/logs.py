"""How the log is written, in Django's form; what is written: logs_lines.py.

Read with the settings, so that it may import nothing of Django.
"""

from typing import Any

TEXT = {
    "()": "ownjournal.site.logs_lines.TextLine",
    "format": "%(levelname)s %(name)s: %(message)s",
}
JSON = {"()": "ownjournal.site.logs_lines.JsonLine"}


def logging_settings(form: str) -> dict[str, Any]:
    """Django's LOGGING; `form` is "text" or "json"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": JSON if form == "json" else TEXT},
        "filters": {"paths": {"()": "ownjournal.site.logs_lines.WithoutPaths"}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["paths"],
            },
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "ownjournal": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # A wrong Host header is the sender's mistake, not news for the log. With
            # no handler at all, Python would write its trace to standard error.
            "django.security.DisallowedHost": {
                "handlers": ["nowhere"],
                "propagate": False,
            },
        },
    }


def server_logging(form: str) -> dict[str, Any]:
    """The same for Granian, which sets up its own."""
    found = logging_settings(form)
    found["filters"]["advice"] = {"()": "ownjournal.site.logs_lines.Advice"}
    found["handlers"]["stderr"]["filters"].append("advice")
    return found

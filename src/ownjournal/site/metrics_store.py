"""The condition of the site as metrics, read when Prometheus asks."""

from collections.abc import Iterable, Iterator

from django.db import DatabaseError
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ownjournal import __version__
from ownjournal.site.condition import Condition, condition

# Name of the metric, name of the field, and what it is.
GAUGES = (
    ("articles", "articles", "Articles that are live."),
    ("store_revision", "revision", "Revision of the store."),
    ("index_revision", "index_revision", "Revision of the index; none: not usable."),
    ("nlm_files_behind", "nlm_files_behind", "Files of NLM that are missing here."),
    ("nlm_files_refused", "nlm_files_refused", "Files that could not be taken."),
    ("records_set_aside", "records_set_aside", "Records that could not be read."),
    ("nlm_asked_age_seconds", "nlm_asked_age", "Since NLM was asked with success."),
    ("nlm_applied_age_seconds", "nlm_applied_age", "Since a file was applied."),
    ("issues_due", "issues_due", "Readers whose issue is due."),
    ("issues_due_age_seconds", "issues_due_age", "Age of the one due longest."),
    ("letters_due", "letters_due", "Mails that should have left."),
    ("letters_due_age_seconds", "letters_due_age", "Age of the one due longest."),
    ("letters_refused_day", "letters_refused", "Mails refused for good in a day."),
    ("letters_bounced_day", "letters_bounced", "Mails that came back in a day."),
    ("workers", "workers", "Workers heard of in the last quarter of an hour."),
    ("backup_age_seconds", "backup_age", "Since the last good backup."),
    ("replica_lag_seconds", "replica_lag", "How far the replica is behind."),
    ("disk_free_bytes", "disk_free", "Free on the disk of the data folder."),
    ("disk_size_bytes", "disk_size", "Size of that disk."),
)


class StoreCollector(Collector):
    """What is known from the database, beside which version tells it."""

    def collect(self) -> Iterable[Metric]:
        version = GaugeMetricFamily(
            "ownjournal_info", "The version that runs.", labels=["version"]
        )
        version.add_metric([__version__], 1)
        yield version
        try:
            found = condition(timezone.now())
        except DatabaseError:
            yield _gauge("database_up", "Whether the database answers.", 0)
            return
        yield _gauge("database_up", "Whether the database answers.", 1)
        yield from _of(found)


def _of(found: Condition) -> Iterator[Metric]:
    """What is not known is left out."""
    for name, field, text in GAUGES:
        value = getattr(found, field)
        if value is not None:
            yield _gauge(name, text, value)
    troubles = GaugeMetricFamily(
        "ownjournal_mail_trouble", "Whether mail waits for this.", labels=["kind"]
    )
    for kind, is_so in found.mail_troubles.items():
        troubles.add_metric([kind], float(is_so))
    yield troubles


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"ownjournal_{name}", text, value=float(value))

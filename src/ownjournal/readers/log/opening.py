"""Notes that a reader opened an article, once for each day; of visitors nothing."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ownjournal.catalogue.waiting import not_waiting
from ownjournal.readers.log.keeping import record, source_of
from ownjournal.readers.log.models import LogRow
from ownjournal.readers.models import Reader

ARTICLE = re.compile(r"/articles/([1-9][0-9]{0,8})")


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Looks at answers that show an article's page to a reader who keeps a log."""

    def noting(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        article = ARTICLE.fullmatch(request.path)
        if (
            article is not None
            and request.method == "GET"
            and response.status_code == 200
            and "prefetch" not in request.META.get("HTTP_SEC_PURPOSE", "")
            and isinstance(request.user, Reader)
            and request.user.keeps_log
        ):
            with not_waiting():  # the page is worth more than its trace
                record(
                    request.user,
                    int(article[1]),
                    LogRow.Deed.OPENED,
                    timezone.now(),
                    source=source_of(request),
                )
        return response

    return noting

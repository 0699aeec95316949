"""No more issues by mail, by one click in the mail program (RFC 8058) or here.

A token in the mail names its reader and this purpose, is signed, and never signs
anybody in. A POST acts, also without a cookie, as mail programs send it; a GET shows
a page with a button and changes nothing, since scanners of mail open every link. An
unknown token and a reader who is gone get the same answer as all others.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ownjournal.readers.models import Reader
from ownjournal.readers.post.identity import host


@dataclass(frozen=True, slots=True)
class UnsubscribePage:
    """Everything post/unsubscribe.html may use."""

    done: bool


def unsubscribe_address(reader: Reader) -> str:
    """What a mail to this reader links to."""
    return f"{settings.SITE_URL}/unsubscribe/{_signer().sign(str(reader.pk))}"


def list_headers(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Headers of a mail that its reader can stop by one click."""
    return (
        ("List-Id", f"<issues.{host()}>"),
        ("List-Unsubscribe", f"<{unsubscribe_address(reader)}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


# Exempt, as a mail program has no cookie: the token is the proof.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The page, and what its button or a mail program posts; nothing in it is read."""
    done = request.method == "POST"
    if done:
        stop(token)
    page = UnsubscribePage(done=done)
    return render(request, "post/unsubscribe.html", {"page": page})


def stop(token: str) -> None:
    """Mail the reader of a token no more issues; nothing else changes."""
    try:
        number = int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return
    Reader.objects.filter(pk=number).update(mails_issues=False)


def _signer() -> Signer:
    """Made at the first mail: a command that sends none needs no secret."""
    return Signer(salt="no more issues by mail", sep=".")

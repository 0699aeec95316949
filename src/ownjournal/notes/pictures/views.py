"""/media/NAME and where scripts bring pictures to.

A picture is shown to whoever may see a note that shows it, and to the reader who
brought it. No page lists pictures.
"""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ownjournal.notes.models import Version, Visibility
from ownjournal.notes.pictures import bringing
from ownjournal.notes.pictures.cleaning import Refused
from ownjournal.notes.pictures.keeping import place_of
from ownjournal.notes.pictures.models import Picture
from ownjournal.notes.seeing import visible_to
from ownjournal.readers.accounts.origin import is_from_elsewhere
from ownjournal.readers.files.kept import files
from ownjournal.readers.models import Reader

TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
FROM_ELSEWHERE = "This form came from another site."
NOBODY, UNPROCESSABLE = 401, 422


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """The file, for a year: another picture has another name."""
    if not _may_see(request.user, name):
        raise Http404
    try:
        data = files().get(place_of(name))
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(data, content_type=TYPES[name.rpartition(".")[2]])
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _may_see(user: AbstractBaseUser | AnonymousUser, name: str) -> bool:
    rows = list(Picture.objects.filter(name=name))
    if isinstance(user, Reader) and any(row.reader_id == user.pk for row in rows):
        return True
    return any(_is_shown(user, row) for row in rows)


def _is_shown(user: AbstractBaseUser | AnonymousUser, picture: Picture) -> bool:
    """Whether a note of its reader shows it to this user, or did in public once."""
    notes = visible_to(user).filter(author=picture.reader_id)
    earlier = Version.objects.filter(
        note__in=notes, visibility=Visibility.PUBLIC, text__contains=picture.name
    )
    return notes.filter(text__contains=picture.name).exists() or earlier.exists()


@csrf_exempt
@never_cache
@require_POST
def bring(request: HttpRequest) -> JsonResponse:
    """For scripts: `written` is to be put into the text, or `problem` to be told.

    Like the box it needs no cookie, and takes nothing from another site.
    """
    if is_from_elsewhere(request):
        return JsonResponse({"problem": FROM_ELSEWHERE}, status=403)
    if not isinstance(request.user, Reader):
        return JsonResponse({"problem": bringing.NOT_IN}, status=NOBODY)
    try:
        return JsonResponse({"written": bringing.write(request, timezone.now())})
    except Refused as reason:
        return JsonResponse({"problem": str(reason)}, status=UNPROCESSABLE)

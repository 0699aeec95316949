"""Where editors write: /posts/drafts, /posts/ID/edit, /posts/picks."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ownjournal.catalogue import store
from ownjournal.catalogue.titles import titles_by_pmid
from ownjournal.collections.arranging import CannotArrange
from ownjournal.collections.forms import done, number_of
from ownjournal.collections.posts import writing
from ownjournal.collections.posts.models import Pick, Post
from ownjournal.collections.posts.reading import Piece, path_of, pieces
from ownjournal.collections.posts.writing import Typed, editor_or_404
from ownjournal.notes.dialect import DIALECT
from ownjournal.readers.access import signed_in
from ownjournal.readers.back import back_of
from ownjournal.readers.models import Reader

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class PickLine:
    """An article that was picked."""

    id: int
    pmid: int
    title: str
    line: str  # "" without any


@dataclass(frozen=True, slots=True)
class DraftsPage:
    """Everything posts/drafts.html may use."""

    drafts: tuple[tuple[int, str], ...]  # ids and titles
    picks: tuple[PickLine, ...]  # that wait
    most: int  # of one post


@dataclass(frozen=True, slots=True)
class EditPage:
    """Everything posts/edit.html may use."""

    id: int
    address: str
    typed: Typed
    picks: tuple[PickLine, ...]
    seen: int
    published: bool
    preview: tuple[Piece, ...] | None
    problem: str | None


@never_cache
@signed_in
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """What is not published, and picks that wait."""
    editor_or_404(request)
    rows = Post.objects.filter(published_at=None).order_by("-updated_at")
    page = DraftsPage(
        drafts=tuple(rows.values_list("pk", "title")),
        picks=_picks(list(Pick.objects.filter(post=None))),
        most=writing.PICKS,
    )
    return render(request, "posts/drafts.html", {"page": page})


def _picks(rows: list[Pick]) -> tuple[PickLine, ...]:
    titles = titles_by_pmid(row.pmid for row in rows)
    return tuple(
        PickLine(row.pk, row.pmid, titles[row.pmid], row.line or "") for row in rows
    )


@signed_in
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """A draft with a `title`, or of the picks that are ticked (`pick`)."""
    reader, now = editor_or_404(request), timezone.now()
    chosen = [number_of(each) for each in request.POST.getlist("pick")]
    try:
        if "title" in request.POST:
            post = writing.make(reader, request.POST["title"], now)
        else:
            post = writing.of_picks(reader, chosen, now)
    except CannotArrange as problem:
        messages.warning(request, str(problem))
        return redirect("posts:drafts")
    return redirect("posts:edit", post.pk)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """`do` is preview, keep, publish, withdraw or delete."""
    reader = editor_or_404(request)
    post = get_object_or_404(Post, pk=int(number))
    if request.method != "POST":
        return _page(request, post, _kept(post, reader), post.edits)
    typed, seen = _typed(request, post), number_of(request.POST.get("seen", ""))
    deed = request.POST.get("do", "keep")
    try:
        if deed == "preview":
            writing.checked(typed)
            return _page(request, post, typed, seen, preview=True)
        return _do(request, post, typed, seen, deed)
    except CannotArrange as problem:
        return _page(request, post, typed, post.edits, problem=str(problem))


def _do(
    request: HttpRequest, post: Post, typed: Typed, seen: int, deed: str
) -> HttpResponse:
    """Raises CannotArrange, Http404."""
    if deed == "delete" and post.published_at is None:
        writing.delete(post)
        messages.success(request, f"“{post.title}” is gone.")
        return redirect("posts:drafts")
    if deed == "withdraw":
        writing.withdraw(post)
        return redirect("posts:edit", post.pk)
    if deed not in ("keep", "publish"):
        raise Http404
    now = timezone.now()
    post = writing.keep(post, typed, seen, editor_or_404(request), now)
    if deed == "publish":
        writing.publish(post, now)
    messages.success(request, "It is kept.")
    return redirect(path_of(post))


def _kept(post: Post, reader: Reader) -> Typed:
    mine = post.authors.filter(reader=reader).first()
    return Typed(
        title=post.title,
        text=post.text or "",
        tags=", ".join(each.name for each in post.tags.all()),
        name=(mine.name or "") if mine else "",
    )


def _typed(request: HttpRequest, post: Post) -> Typed:
    given = request.POST
    return Typed(
        title=given.get("title", ""),
        text=given.get("text", ""),
        tags=given.get("tags", ""),
        name=given.get("name", ""),
        lines=tuple(
            (each.pk, given.get(f"line-{each.pk}", "")) for each in post.picks.all()
        ),
    )


def _page(
    request: HttpRequest,
    post: Post,
    typed: Typed,
    seen: int,
    *,
    preview: bool = False,
    problem: str | None = None,
) -> HttpResponse:
    shown = None
    if preview:
        shown = pieces(writing.written(typed.text, DIALECT), f"post-{post.pk}")
    page = EditPage(
        id=post.pk,
        address=path_of(post),
        typed=typed,
        picks=_picks(list(post.picks.all())),
        seen=seen,
        published=post.published_at is not None,
        preview=shown,
        problem=problem,
    )
    status = UNPROCESSABLE if problem else 200
    return render(request, "posts/edit.html", {"page": page}, status=status)


@signed_in
@require_POST
def pick(request: HttpRequest, pmid: str) -> HttpResponse:
    """From an article's page, with a `line`; `do` "drop" forgets it."""
    reader = editor_or_404(request)
    if request.POST.get("do") == "drop":
        Pick.objects.filter(post=None, pmid=int(pmid)).delete()
    elif store.get(int(pmid)) is None:
        raise Http404
    elif done(
        request,
        lambda: writing.pick(
            reader, int(pmid), request.POST.get("line", ""), timezone.now()
        ),
    ):
        messages.success(request, "It is among the picks.")
    return redirect(back_of(request, f"/articles/{pmid}"))

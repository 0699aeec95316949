"""Take the pictures of docs/screenshots, of a site with invented articles alone.

    make screenshots

Everything is made anew in a folder that is thrown away: the corpus, a reader with
an issue, her notes and a collection.
"""

import io
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from PIL import Image
from playwright.sync_api import sync_playwright

OUT = Path(__file__).parents[1] / "docs" / "screenshots"
SIZE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
COLOURS = 255  # of a picture: more make it heavier and no better
TOPIC, SECOND = "Stroke", "Cancer Pain"
QUIET = 1_500  # milliseconds in which what a page loads has come


def prepare(folder: str) -> None:
    """A catalogue, its index, a reader and her issue."""
    run = [sys.executable, "-m", "ownjournal.cli.main"]
    corpus = f"{folder}/corpus"
    topics = ["--topic", TOPIC, "--topic", SECOND]
    for command in (
        ["migrate"],
        ["example", "--out", corpus],
        ["ingest", corpus],
        ["up", "--no-start", *topics],
    ):
        subprocess.run([*run, *command], check=True)


def places() -> Iterator[tuple[str, str, bool]]:
    """Name of the picture, address, and whether the reader is signed in."""
    from ownjournal.catalogue import mesh, store
    from ownjournal.catalogue.browsing.addresses import (
        of_month,
        pair_address,
        topic_address,
    )
    from ownjournal.catalogue.dates import published
    from ownjournal.issues.models import IssueArticle
    from ownjournal.readers.models import Reader

    topic, second = mesh.find(TOPIC), mesh.find(SECOND)
    reader = Reader.objects.get()
    pmids = list(IssueArticle.objects.order_by("id").values_list("pmid", flat=True))
    lead = store.get(pmids[0])
    assert topic is not None and second is not None
    assert lead is not None and lead.article.journal is not None
    write_notes(reader, pmids[0])
    yield "home", "/", False
    yield "issue", "/issues/1", True
    yield "article", f"/articles/{pmids[0]}", True
    yield "notes", f"/articles/{pmids[0]}#notes", True
    yield "journal", str(of_month(lead.article.journal, published(lead.article))), True
    yield "topic", topic_address(*topic), True
    yield "topics", pair_address(topic[0], second[0]), True
    yield "collection", collect(reader, pmids), False


def write_notes(reader: object, pmid: int) -> None:
    """A summary with a footnote, which leads the article, and a pearl."""
    from made.notes import a_note
    from ownjournal.notes.models import Signature

    Signature.objects.update_or_create(
        reader=reader,
        defaults={"name": "Ada Quillfeather", "role": "General practitioner"},
    )
    now = datetime.now(UTC)
    a_note(
        author=reader,
        pmid=pmid,
        created_at=now,
        text="Ask **when it began** before anything else, and write the hour down.",
    )
    a_note(
        author=reader,
        pmid=pmid,
        kind="summary",
        created_at=now,
        text="For my practice: *who was asked* matters more than the number.[^1]\n\n"
        "- People over 80 were left out.\n- Nobody was followed beyond a year.\n\n"
        "[^1]: The table of those who took part says so.",
    )


def collect(reader: object, pmids: list[int]) -> str:
    """A public collection in two sections; its address."""
    from ownjournal.collections import arranging, curating
    from ownjournal.collections.addresses import path_of

    now = datetime.now(UTC)
    kept = curating.make(reader, "To read before the stroke ward", now)  # type: ignore[arg-type]
    kept.visibility, kept.description = (
        "public",
        ("What we ask every new colleague to have read. *One evening is enough.*"),
    )
    kept.save()
    for name, some in (("The first hours", pmids[:3]), ("Afterwards", pmids[3:6])):
        section = arranging.add_section(kept, name, now, by=reader)  # type: ignore[arg-type]
        arranging.add(kept, some, now, by=reader, section=section)  # type: ignore[arg-type]
    line = "Start here: the table of who was left out is the lesson."
    arranging.say(kept, pmids[0], line, now, by=reader)  # type: ignore[arg-type]
    return path_of(kept)


class Server(ThreadingMixIn, WSGIServer):
    """One that a browser's idle connections do not block."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Without a line for each request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def session() -> str:
    """The cookie of the reader, "name=value"."""
    from django.conf import settings
    from django.test import Client

    from ownjournal.readers.models import Reader

    client = Client()
    client.force_login(Reader.objects.get())
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def picture(png: bytes, name: str) -> None:
    """Keep it, light."""
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS)
    image.save(OUT / f"{name}.png", optimize=True)
    print(f"{name}.png  {(OUT / f'{name}.png').stat().st_size // 1024} KB")


def take(address: str, todo: list[tuple[str, str, bool]], cookie: str) -> None:
    """Open each place, and once more the front page on a phone in the dark."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("OWNJOURNAL_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox"],
        )
        for name, path, signed_in in todo:
            context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
            if signed_in:
                known_as, _, value = cookie.partition("=")
                context.add_cookies(
                    [{"name": known_as, "value": value, "url": address}]
                )
            page = context.new_page()
            page.goto(address + path)
            page.wait_for_timeout(QUIET)
            picture(page.screenshot(), name)
            context.close()
        context = browser.new_context(viewport=PHONE, color_scheme="dark")  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address)
        picture(page.screenshot(), "phone")
        browser.close()


def main() -> None:
    """Make all of them."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "ownjournal.site.settings",
        }
        prepare(folder)
        django.setup()
        from ownjournal.site.wsgi import application

        todo, cookie = list(places()), session()
        with make_server("127.0.0.1", 0, application, Server, Quiet) as server:
            address = f"http://127.0.0.1:{server.server_port}"
            os.environ["SITE_URL"] = address
            threading.Thread(target=server.serve_forever, daemon=True).start()
            take(address, todo, cookie)
            server.shutdown()


if __name__ == "__main__":
    main()

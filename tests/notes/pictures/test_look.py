"""Pictures, export and import in a browser, with scripts and without."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from made.articles import an_article
from made.barriers import barriers
from made.pictures import png
from made.shelf import shelve
from ownjournal.notes.models import Note
from ownjournal.readers import registry, signin
from ownjournal.readers.models import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
PMID = 99_420_001
SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def plot(tmp_path: Path) -> Path:
    path = tmp_path / "plot.png"
    path.write_bytes(png((300, 200)))
    return path


@pytest.fixture
def alice(transactional_db: None) -> Reader:
    shelve(an_article(pmid=PMID, title="Fever in a village"))
    return registry.add("alice@merrow.test", words=["fever"])


def come_in(page: Page, site: object, reader: Reader) -> None:
    page.goto(str(site) + signin.make_link(reader, timezone.now()))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def faults(page: Page, name: str) -> list[str]:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    return barriers(page)


def add(page: Page, plot: Path, shows: str) -> None:
    page.get_by_label("JPEG, PNG or WebP").set_input_files(plot)
    page.get_by_label("What it shows").fill(shows)
    page.get_by_role("button", name="Add the picture to my text").click()


def test_a_script_puts_the_picture_where_one_writes(
    browser: Browser, live_server: object, alice: Reader, plot: Path
) -> None:
    page = browser.new_page()
    come_in(page, live_server, alice)
    page.goto(f"{live_server}/articles/{PMID}/notes")
    text = page.get_by_label("Your note")
    text.fill("Before. After.")
    text.evaluate("area => area.setSelectionRange(8, 8)")
    page.get_by_text("Add a picture", exact=True).click()
    add(page, plot, " ")
    told = page.locator("[data-told]")
    expect(told).to_contain_text("Say what the picture shows")

    add(page, plot, "A forest plot")

    expect(told).to_have_text("The picture stands in your text.")
    value = text.input_value()
    assert value.startswith("Before. \n\n![A forest plot](/media/")
    assert value.endswith(".png)\n\nAfter.")
    page.get_by_role("button", name="Preview").click()
    shown = page.get_by_role("img", name="A forest plot")
    expect(shown.first).to_be_visible()
    assert shown.first.evaluate(
        "image => image.decode().then(() => image.naturalWidth)"
    )
    page.close()


def test_a_picture_that_is_pasted_is_brought(
    browser: Browser, live_server: object, alice: Reader
) -> None:
    page = browser.new_page()
    come_in(page, live_server, alice)
    page.goto(f"{live_server}/articles/{PMID}/notes")
    page.get_by_label("Your note").evaluate(
        """async (area) => {
          const canvas = new OffscreenCanvas(40, 30);
          canvas.getContext("2d").fillRect(0, 0, 20, 30);
          const blob = await canvas.convertToBlob();
          const held = new DataTransfer();
          held.items.add(new File([blob], "a.png", { type: "image/png" }));
          area.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: held, bubbles: true }),
          );
        }"""
    )
    page.get_by_label("What it shows").fill("A plot")
    page.get_by_label("What it shows").press("Enter")

    expect(page.locator("[data-told]")).to_have_text("The picture stands in your text.")
    assert page.get_by_label("Your note").input_value().startswith("![A plot](/media/")
    page.close()


def test_without_scripts_the_form_brings_it_and_keeps_the_text(
    browser: Browser, live_server: object, alice: Reader, plot: Path
) -> None:
    page = browser.new_page(java_script_enabled=False)
    come_in(page, live_server, alice)
    page.goto(f"{live_server}/articles/{PMID}/notes")
    page.get_by_label("Your note").fill("Look at this.")
    page.get_by_text("Add a picture", exact=True).click()
    plot.with_name("page.png").write_bytes(b"<!doctype html>")
    add(page, plot.with_name("page.png"), "A page")
    expect(page.get_by_text("This is a page, not a picture.")).to_be_visible()
    assert page.get_by_label("Your note").input_value() == "Look at this."

    add(page, plot, "A forest plot")

    value = page.get_by_label("Your note").input_value()
    assert value.startswith("Look at this.\n\n![A forest plot](/media/")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("img", name="A forest plot")).to_be_visible()
    page.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_are_accessible_and_fit(
    browser: Browser, live_server: object, alice: Reader, width: int, scheme: str
) -> None:
    Note.objects.create(
        author=alice, pmid=PMID, kind="pearl", text="Fever.", visibility="public",
        created_at=datetime(2026, 11, 30, tzinfo=UTC), review_on=date(2028, 11, 30),
    )  # fmt: skip
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
    )
    page = context.new_page()
    look = f"{width}-{scheme}"
    come_in(page, live_server, alice)
    page.goto(f"{live_server}/articles/{PMID}/notes")
    page.get_by_text("Add a picture", exact=True).click()
    assert faults(page, f"box-{look}") == []
    page.goto(f"{live_server}/account/leave")
    assert faults(page, f"leave-{look}") == []
    page.goto(f"{live_server}/notes/export")
    assert faults(page, f"export-{look}") == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Download my notes").click()
    Note.objects.all().delete()
    page.goto(f"{live_server}/notes/import")
    page.get_by_label("The zip").set_input_files(
        {
            "name": "notes.zip",
            "mimeType": "application/zip",
            "buffer": Path(download.value.path()).read_bytes(),
        }
    )
    page.get_by_role("button", name="Bring my notes back").click()
    expect(page.get_by_text("1 note brought back.")).to_be_visible()
    assert faults(page, f"import-{look}") == []
    context.close()

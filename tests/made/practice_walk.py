"""A reader who goes through the practice profile in a browser, and how long it takes.

Only the site's own time is told, from each press of a button to the next page; a
person's reading and thinking comes on top.
"""

import time
from collections.abc import Callable

from playwright.sync_api import Page


class Walk:
    """One way through; `seconds` by step, in order."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seconds: dict[str, float] = {}
        self.looked: Callable[[str], None] = lambda step: None  # is told each page

    def all_steps(self, specialty: str, seeds: str) -> None:
        """From the welcome to the first issue, with something said at each step."""
        page = self.page
        self.looked("welcome")
        self._to("specialty", lambda: page.get_by_role("link", name="Begin").click())
        page.get_by_label("Specialty").select_option(label=specialty)
        self._on("topics")
        self._on("follows")
        self._on("seeds")
        page.get_by_label("Paste PMIDs, DOIs or PMCIDs").fill(seeds)
        self._on("cards")
        for place, card in enumerate(page.locator(".judged li").all()):
            card.get_by_label("Skip" if place % 3 else "Keep").check()
        self._on("schedule")
        self._on("issue")
        make = page.get_by_role("button", name="Make my first issue")
        self._to("first issue", make.click, "**/issues/1")

    def _on(self, step: str) -> None:
        self._to(step, self.page.get_by_role("button", name="Continue").click)

    def _to(self, step: str, press: Callable[[], None], address: str = "") -> None:
        started = time.perf_counter()
        press()
        self.page.wait_for_url(address or f"**/practice/{step}")
        self.seconds[step] = time.perf_counter() - started
        self.looked(step)

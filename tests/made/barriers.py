"""What keeps people out of a page: what axe finds, and what a window cuts off."""

from collections.abc import Collection

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What passes is named once and not listed: axe then needs half the time.
ONLY_FAULTS = {"resultTypes": ["violations"]}
WIDER = "document.documentElement.scrollWidth > innerWidth"


def barriers(page: Page, where: str = "", *, but: Collection[str] = ()) -> list[str]:
    """Each with a few of its places, of the page as it is now.

    where   what a barrier is told with, such as the path
    but     rules of axe that do not count
    """
    told = f"{where}: " if where else ""
    found = []
    for violation in Axe().run(page, options=ONLY_FAULTS).response["violations"]:
        if violation["id"] not in but:
            nodes = [node["html"][:150] for node in violation["nodes"][:3]]
            found.append(f"{told}{violation['id']} {nodes}")
    if page.evaluate(WIDER):
        found.append(f"{told}wider than the window")
    return found

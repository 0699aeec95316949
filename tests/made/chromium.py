"""Debian's Chromium, or the one that OWNJOURNAL_CHROMIUM names."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; missing is a skip at a desk, a failure in CI."""
    path = os.environ.get("OWNJOURNAL_CHROMIUM") or shutil.which("chromium")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed: the CI must install it")
        pytest.skip("Chromium is not installed")
    # Playwright keeps an event loop in this thread; Django's guard would take
    # every query of a fixture for one from within it.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        yield browser
        browser.close()

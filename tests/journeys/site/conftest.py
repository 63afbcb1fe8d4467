"""A real site in a process of its own, with the people of the demo, and a real browser without a window."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

SHOTS = Path(os.environ.get("CITYTANDEM_SHOTS", "out/shots"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# what a picture of data may be, and axe cannot know
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


@dataclass(frozen=True)
class Site:
    """Where the site under test answers, and the pass phrase its invented people share."""

    address: str
    phrase: str
    home: Path
    log: Path

    def letters(self) -> str:
        """All letters sent so far: the demo prints them."""
        return self.log.read_text(encoding="utf-8").replace("=\n", "").replace("=3D", "=")


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Site:
    """The whole site as a person starts it: ``citytandem serve --demo``."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    command = ["-c", "from citytandem.cli import main; main()", "serve", "--demo", "--no-open", "--lang", "en", "--workers", "1"]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("CITYTANDEM_", "DJANGO_"))}
    log = (home / "log").open("w+")
    started = subprocess.Popen(
        [sys.executable, *command, "--port", str(port), "--home", str(home)],
        stdout=log,
        stderr=subprocess.STDOUT,
        env=own | {"PYTHONUNBUFFERED": "1"},
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, log=Path(log.name))
        yield Site(address, re.search(r"pass phrase is: (\S+)", Path(log.name).read_text())[1], home / "demo", Path(log.name))
    finally:
        os.killpg(started.pid, signal.SIGTERM)
        started.wait(timeout=30)
        log.close()


def _wait(address: str, *, log: Path) -> None:
    for _ in range(1800):
        try:
            urllib.request.urlopen(f"{address}/health/", timeout=5)  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the site did not start: {log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def playwright() -> Playwright:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def chromium(playwright) -> Browser:
    found = os.environ.get("CITYTANDEM_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium, or name one in CITYTANDEM_CHROMIUM")
    browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
    yield browser
    browser.close()


@dataclass
class Visitor:
    """A person at a browser: opens pages of the site, signs in, and notes whatever the browser complains about."""

    page: Page
    site: Site
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.site.address}{path}")
        return self.page

    def sign_in(self, email: str, *, language: str = "en") -> None:
        self.open(f"/{language}/account/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", self.site.phrase)
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_url(re.compile(r"/workspace/"))

    def shoot(self, name: str) -> Path:
        """A picture of the whole page, kept as an artefact of the tests."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        file = SHOTS / f"{name}.png"
        self.page.screenshot(path=file, full_page=True)
        return file

    def find_barriers(self) -> list[str]:
        """What axe finds on the page at hand; in the dark theme only colours are another matter, so only they are asked again."""
        found = [("light", one) for one in Axe().run(self.page, options=AXE).response["violations"]]
        self.page.emulate_media(color_scheme="dark")
        found += [("dark", one) for one in Axe().run(self.page, options=COLOURS).response["violations"]]
        self.page.emulate_media(color_scheme="light")
        told = ((f"{theme} {one['id']}", node) for theme, one in found for node in one["nodes"])
        return [f"{name}: {node['target']} {node['failureSummary']}" for name, node in told]


@pytest.fixture
def visit(chromium, site):
    """Makes a visitor with a browser of their own; at the end nothing may have been asked of another host."""
    visitors = []

    def make(**settings) -> Visitor:
        context = chromium.new_context(**{"viewport": {"width": 1200, "height": 900}, "locale": "en-GB", **settings})
        context.set_default_timeout(60_000)
        visitor = Visitor(context.new_page(), site)
        visitor.page.on("console", lambda said: said.type == "error" and visitor.complaints.append(said.text))
        visitor.page.on("pageerror", lambda problem: visitor.complaints.append(str(problem)))
        visitor.page.on("request", lambda asked: _note_foreign(asked.url, visitor))
        visitors.append((context, visitor))
        return visitor

    yield make
    for context, visitor in visitors:
        context.close()
        assert visitor.complaints == []


def _note_foreign(url: str, visitor: Visitor) -> None:
    if urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname not in {"127.0.0.1", "localhost"}:
        visitor.complaints.append(f"asked another host: {url}")

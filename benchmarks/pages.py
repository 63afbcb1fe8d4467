"""How quick the pages are for twenty people at once, beside a plain file from the same server in the same run.

``python -m benchmarks.pages`` starts the site as a person would, opens the pages of cities once, then lets twenty
readers open them again and again, and writes ``docs/explanation/speed-of-pages.md``.
"""

from __future__ import annotations

import gzip
import http.client
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

READERS, SECONDS, CITIES = 20, 12.0, 40
PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "speed-of-pages.md"
LANGUAGES = ("en", "de", "ja", "zh-hans", "da")
WATCH = (
    "new PerformanceObserver(seen => seen.getEntries().forEach(one => window.moved = (window.moved || 0) + one.value))"
    ".observe({type: 'layout-shift', buffered: true})"
)
SECTIONS = ("", "balance/", "position/", "measures/", "partners/")


@dataclass(frozen=True)
class Asked:
    """One request: milliseconds to the first byte and to the last, and bytes sent over the wire."""

    first_ms: float
    last_ms: float
    sent: int


def main() -> None:
    home = tempfile.mkdtemp(prefix="citytandem-speed-")
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    words = ["serve", "--no-open", "--workers", "2", "--port", str(port), "--home", home]
    started = subprocess.Popen([sys.executable, "-c", "from citytandem.cli import main; main()", *words])  # noqa: S603 - our own command
    try:
        wait(port)
        paths = choose_paths()
        cold = [ask_alone(port, path) for path in paths]
        warm = crowd(port, paths)
        plain = crowd(port, [find_plain_file(port)])
        shifts = measure_shift(port, paths[:10])
    finally:
        started.terminate()
        started.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)
    PAGE.write_text(report(paths, cold=cold, warm=warm, plain=plain, shifts=shifts), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))


def wait(port: int) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5)
        except OSError:
            time.sleep(0.1)
        else:
            return


def choose_paths() -> list[str]:
    """Pages of cities with a balance, in all languages and of all kinds, chosen with a seed."""
    import citytandem as ct
    from citytandem.gazetteer import find_cities

    known = find_cities(ct.load(), with_balance=True)["city"].to_list()
    dice = random.Random(2026)  # noqa: S311 - which page, not whose
    return [f"/{dice.choice(LANGUAGES)}/cities/{city}/{dice.choice(SECTIONS)}" for city in dice.sample(known, CITIES)]


def find_plain_file(port: int) -> str:
    text = urllib.request.urlopen(f"http://127.0.0.1:{port}/en/").read().decode()
    return text.split('rel="stylesheet" href="')[1].split('"')[0]


def ask_alone(port: int, path: str) -> Asked:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked = ask(line, path)
    line.close()
    return asked


def ask(line: http.client.HTTPConnection, path: str) -> Asked:
    began = time.perf_counter()
    line.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    first = time.perf_counter()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return Asked((first - began) * 1000, (time.perf_counter() - began) * 1000, len(body))


def crowd(port: int, paths: list[str]) -> list[Asked]:
    """Twenty readers at once, each with a line of its own, for a while."""
    found: list[Asked] = []
    until = time.perf_counter() + SECONDS

    def read(number: int) -> None:
        dice = random.Random(number)  # noqa: S311 - which page, not whose
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.perf_counter() < until:
            found.append(ask(line, dice.choice(paths)))
        line.close()

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return found


def measure_shift(port: int, paths: list[str]) -> list[float]:
    """How much of each page moves while it is read in, as browsers measure it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        moved = []
        for path in paths:
            page.goto(f"http://127.0.0.1:{port}{path}")
            page.evaluate(WATCH)
            page.wait_for_timeout(500)
            moved.append(float(page.evaluate("window.moved || 0")))
        browser.close()
    return moved


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def report(paths: list[str], *, cold: list[Asked], warm: list[Asked], plain: list[Asked], shifts: list[float]) -> str:
    own, file = [one.last_ms for one in warm], [one.last_ms for one in plain]
    rows = [
        ("pages of cities, kept, 20 readers", warm),
        ("a plain file of the same server, 20 readers", plain),
        ("pages of cities, made for the first time, one reader", cold),
    ]
    table = "\n".join(
        f"| {name} | {len(asked):,} | {statistics.median(one.first_ms for one in asked):.0f} | "
        f"{statistics.median(one.last_ms for one in asked):.0f} | {quantile([one.last_ms for one in asked], 0.95):.0f} |"
        for name, asked in rows
    )
    weights = [one.sent / 1000 for one in cold]
    style = (
        sum(len(gzip.compress(file.read_bytes())) for file in (PAGE.parents[2] / "src/citytandem/web/static").glob("*.[cj]s*"))
        / 1000
    )
    return f"""# How quick the pages are

Written by `python -m benchmarks.pages`: {READERS} readers at once on {os.cpu_count()} cores, two processes that answer, the whole
reference release, {len(paths)} pages of cities chosen with a seed in five languages.
Load of the machine in the quarter of an hour before: {os.getloadavg()[2]:.1f}.

| what | requests | first byte, median ms | whole, median ms | whole, 95 % within ms |
|---|--:|--:|--:|--:|
{table}

- The slowest 5 % of kept pages take {quantile(own, 0.95) / quantile(file, 0.95):.1f} times as long as those of a plain file.
  Promised: 95 % under 150 ms.
- Weight of a page over the wire: median {statistics.median(weights):.0f} kB, heaviest {max(weights):.0f} kB;
  style and scripts, once, {style:.0f} kB beside htmx. Promised: under 400 kB.
- Layout shift while a page is read in: at most {max(shifts):.3f} on {len(shifts)} pages. Promised: none.
"""


if __name__ == "__main__":
    main()

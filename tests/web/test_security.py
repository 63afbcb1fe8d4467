"""What a browser, a stranger or a forged request could try against any page: headers, cookies, forms, addresses."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from citytandem.web.accounts.models import Role
from tests.web.walk import all_places

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
WEB = Path("src/citytandem/web")
EVERY_KIND = ["/en/", "/en/nothing/", "/en/cities/XX-1/", "/en/account/login/", "/health/", "/en/method/factors/fuels.csv"]
FETCHERS = {"urllib", "urllib3", "requests", "httpx", "aiohttp", "fsspec", "http", "socket", "ftplib"}
MAY_PARSE_ADDRESSES = {"urllib.parse", "http.HTTPStatus"}
TLS = {"CITYTANDEM_TLS": "1", "CITYTANDEM_HOSTS": "city.example"}
OF_PROGRAMS = "api:"
DRAWN_HERE = {
    "spread": "pilots/pictures.py",
    "picture": "pilots/pictures.py",
    "map": "world_map.py",
    "circle.map": "world_map.py",
    "shown.map": "world_map.py",
    "panel.strips": "strip_picture.py",
    "tree": "tree_picture.py",
}
"""Pictures that a template takes as they are, and the module that draws them."""


# headers


@pytest.mark.parametrize("address", EVERY_KIND)
def test_every_kind_of_answer_bears_the_headers_that_hold_a_browser_back(address):
    answer = Client().get(address)

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", EVERY_KIND)
def test_no_answer_says_what_the_server_is_made_of(address):
    answer = Client().get(address)

    assert not {"Server", "X-Powered-By"} & set(answer.headers)


def test_the_policy_lets_nothing_in_from_elsewhere_and_no_words_run_as_code():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {str(source) for sources in directives.values() for source in sources}

    assert allowed == {"'none'", "'self'", "data:"}
    assert directives["frame-ancestors"] == ["'none'"]


@pytest.mark.parametrize("template", sorted(WEB.glob("templates/**/*.html")), ids=str)
def test_no_template_has_a_script_a_style_or_a_handler_of_its_own(template):
    text = re.sub(r"{%.*?%}|{{.*?}}", "", template.read_text(encoding="utf-8"))

    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text)
    assert not re.search(r"\son[a-z]+=|\sstyle=|javascript:", text)


@pytest.mark.parametrize("template", sorted(WEB.glob("templates/**/*.html")), ids=str)
def test_no_template_shows_what_came_from_outside_unescaped(template):
    text = template.read_text(encoding="utf-8")
    for drawn in DRAWN_HERE:
        text = text.replace(f"{{{{ {drawn}|safe }}}}", "")

    assert not re.search(r"\|\s*safe\b|autoescape off", text)


# cookies


@pytest.mark.parametrize("address", [*EVERY_KIND, "/en/method/methods/", "/en/privacy/"])
def test_no_public_page_sets_a_cookie(address):
    cookies = Client().get(address).cookies

    assert set(cookies) <= ({"csrftoken"} if "login" in address else set())


def test_behind_tls_cookies_and_addresses_are_held_to_it():
    found = _read_settings(
        TLS,
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SECURE_PROXY_SSL_HEADER",
    )

    assert found == ["True", "True", "True", "31536000", "('HTTP_X_FORWARDED_PROTO', 'https')"]


def test_without_a_proxy_nobody_is_believed_who_says_that_they_came_by_tls():
    assert _read_settings({}, "SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT") == ["None", "0"]


def test_no_script_can_read_a_cookie_and_no_other_site_sends_it_along():
    assert (settings.SESSION_COOKIE_HTTPONLY, settings.CSRF_COOKIE_HTTPONLY) == (True, True)
    assert (settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE) == ("Lax", "Lax")


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True)
def test_behind_tls_a_plain_request_is_sent_on_and_the_browser_told_to_stay():
    plain = Client().get("/en/privacy/")
    safe = Client().get("/en/privacy/", secure=True)

    assert (plain.status_code, plain["Location"][:8]) == (301, "https://")
    assert safe["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_page_of_a_person_is_kept_by_no_cache(heidelberg, person, browser_of):
    browser = browser_of(person(Role.ADMIN, heidelberg))
    pages = [browser.get(address) for address in ("/en/me/", f"/en/workspace/{heidelberg.pk}/", "/en/privacy/")]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert {page["Cache-Control"] for page in pages} <= {
        "private, no-store",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    }


# forms


def test_no_form_is_taken_from_another_site(heidelberg, person, browser_of):
    """Every address, as an administrator and as who runs the site, by POST without the secret of a page of ours."""
    browsers = []
    for user in (person(Role.ADMIN, heidelberg), person(email="operator@example.org", is_operator=True)):
        browser = browser_of(user)
        browser.handler.enforce_csrf_checks = True
        browsers.append(browser)
    taken = {
        place.route: answer.status_code
        for name, place in all_places().items()
        if not name.startswith(OF_PROGRAMS)
        for browser in browsers
        for answer in [browser.post(place.fill({"organisation": heidelberg.pk}))]
        if answer.status_code != 403
    }

    assert taken == {}


def test_no_address_opens_itself_to_forms_of_others():
    exempt = [
        str(path)
        for path in sorted(WEB.rglob("*.py"))
        if "csrf_exempt" in path.read_text(encoding="utf-8") and "api" not in path.parts
    ]

    assert exempt == []


def test_a_form_of_too_many_fields_is_refused(heidelberg, person, browser_of):
    browser = browser_of(person(Role.ADMIN, heidelberg))
    answer = browser.post("/en/me/", {f"field{number}": "x" for number in range(2_100)})

    assert answer.status_code == 400


def test_a_form_that_is_too_large_is_refused(heidelberg, person, browser_of):
    browser = browser_of(person(Role.ADMIN, heidelberg))
    answer = browser.post("/en/me/", {"name": "x" * 2_600_000})

    assert answer.status_code in {400, 413}


# addresses


def test_only_a_host_of_ours_is_answered():
    assert Client().get("/health/", headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere.example"]
)
def test_signing_in_leads_to_no_other_site(person, elsewhere):
    user = person(email="anna@example.org")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    answer = Client().post("/en/account/login/", {"login": user.email, "password": "a long enough phrase", "next": elsewhere})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/") and not answer["Location"].startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "name", ["..%2f..%2fetc%2fpasswd", "%2e%2e", "..%5c..%5c", "DE-08221000%00", "<script>", "a" * 3_000, "' OR 1=1"]
)
@pytest.mark.parametrize(
    "address", ["/en/cities/{}/", "/en/cities/DE-08221000/{}/", "/en/method/{}/", "/en/method/measures/{}/", "/static/{}"]
)
def test_a_name_in_an_address_is_never_a_place_on_the_disk(address, name):
    answer = Client(raise_request_exception=False).get(address.format(name))
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content

    assert answer.status_code in {301, 302, 404}
    assert b"root:" not in text
    assert b"<script>'" not in text
    assert b"Traceback" not in text


@pytest.mark.parametrize(
    "query", ["year=99999999999999999999", "year=%00", "question=%3Cscript%3E", "preview=1", "preview=-1", "preview=1e9"]
)
def test_nonsense_in_a_query_is_told_and_breaks_nothing(query):
    answer = Client(raise_request_exception=False).get(f"/en/cities/DE-08221000/profile/?{query}")

    assert answer.status_code < 500
    assert "<script>" not in answer.content.decode().replace("<script src", "")


# what the site itself asks for


def test_the_site_asks_no_other_host_for_anything():
    """No module of the site can fetch an address, so nobody can make it fetch one."""
    asking = {
        f"{path}: {name}"
        for path in sorted(WEB.rglob("*.py"))
        for name in _imports(path)
        if name.split(".")[0] in FETCHERS and name not in MAY_PARSE_ADDRESSES
    }

    assert asking == set()


def test_the_site_starts_no_shell_and_runs_no_text_as_code():
    risky = re.compile(r"\b(?:eval|exec)\(|shell=True|os\.system|pickle\.load|yaml\.load\(|mark_safe\(f")
    found = {str(path): hit[0] for path in WEB.rglob("*.py") if (hit := risky.search(path.read_text(encoding="utf-8")))}

    assert found == {}


# settings


def test_without_a_word_the_site_shows_nothing_of_its_inside():
    assert _read_settings({}, "DEBUG") == ["False"]


def test_an_error_of_ours_is_told_without_a_trace(monkeypatch):
    from citytandem.web.insights import home
    from citytandem.web.shell import views

    browser = Client(raise_request_exception=False)
    monkeypatch.setattr(views, "JsonResponse", None)
    answer = browser.get("/health/")

    assert home is not None
    assert answer.status_code == 500
    assert "Traceback" not in answer.content.decode()
    assert "JsonResponse" not in answer.content.decode()


def test_two_homes_have_two_secrets_and_only_their_owner_reads_them(tmp_path):
    homes = [tmp_path / "a", tmp_path / "b"]
    secrets = [_read_settings({"CITYTANDEM_HOME": str(home)}, "SECRET_KEY")[0] for home in homes]

    assert len(set(secrets)) == 2
    assert min(map(len, secrets)) >= 50
    assert [oct((home / "secret").stat().st_mode & 0o777) for home in homes] == ["0o600", "0o600"]


def test_no_secret_is_in_the_repository(repository):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout of the repository, so there is nothing committed to read")
    secret = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{30,}|xox[bap]-[0-9]{6,}")
    named = re.compile(r"(?:^|/)(?:\.env|secret|id_rsa|[^/]+\.(?:pem|key|p12|sqlite3))$")
    files = [path for path in listed.stdout.split("\0") if path]
    holding = [
        path
        for path in files
        if path != "tests/web/test_security.py" and (repository / path).is_file() and secret.search(_text(repository / path))
    ]

    assert [path for path in files if named.search(path)] == []
    assert holding == []


def test_a_password_is_kept_by_a_slow_hash_and_has_twelve_letters_at_least():
    kept = _read_settings({}, "PASSWORD_HASHERS", "AUTH_PASSWORD_VALIDATORS")

    assert "PBKDF2" in kept[0] or "Argon2" in kept[0] or "scrypt" in kept[0].lower()
    assert "'min_length': 12" in kept[1]


def _read_settings(more: dict[str, str], *names: str) -> list[str]:
    """Settings as a fresh process reads them, with only these variables of ours set."""
    home = more.get("CITYTANDEM_HOME") or os.environ["CITYTANDEM_HOME"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CITYTANDEM_")}
    told = "; ".join(f"print(settings.{name})" for name in names)
    program = f"from django.conf import settings; {told}"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**kept, "DJANGO_SETTINGS_MODULE": "citytandem.web.settings", **more, "CITYTANDEM_HOME": home},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{name.name}" if node.module == "http" else node.module for name in node.names}
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""

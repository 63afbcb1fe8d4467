"""Passkeys work under our strict rules for scripts: added, used alone, used as a second step; and the same by codes."""

import os
import re
import subprocess
import sys

import pyotp
import pytest

pytestmark = pytest.mark.xdist_group("site")
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
OPERATOR = "keys@site.example"


@pytest.fixture
def newcomer(visit):
    """Somebody invited, at a browser that has a device for passkeys; browsers want a name for that, not a number."""
    visitor = visit()
    visitor.here = visitor.site.address.replace("127.0.0.1", "localhost")
    device = visitor.page.context.new_cdp_session(visitor.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    return visitor


def go(visitor, path: str):
    visitor.page.goto(f"{visitor.here}/de{path}")
    return visitor.page


def sign_in(visitor, *, then: str) -> None:
    page = go(visitor, "/account/login/")
    page.fill("#id_login", OPERATOR)
    page.fill("#id_password", visitor.site.phrase)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(then))


def come_in(visitor) -> None:
    """Take the seat an invitation from the terminal keeps, so that no person of the demo is changed."""
    command = ["-m", "django", "invite", OPERATOR, "--operator", "--language", "de", "--address", visitor.here]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("CITYTANDEM_", "DJANGO_"))}
    own |= {"CITYTANDEM_HOME": str(visitor.site.home), "DJANGO_SETTINGS_MODULE": "citytandem.web.settings"}
    said = subprocess.run([sys.executable, *command], env=own, capture_output=True, text=True, check=True).stdout
    page = visitor.page
    page.goto(said.splitlines()[-1])
    page.click("main a.button")
    page.fill("#id_name", "Kim Schlüssel")
    page.fill("#id_password1", visitor.site.phrase)
    page.fill("#id_password2", visitor.site.phrase)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/workspace/"))


def sign_out(visitor) -> None:
    go(visitor, "/account/logout/").click("main button")
    visitor.page.wait_for_url(re.compile(r"/de/$"))


def confirm_it_is_me(visitor) -> None:
    if "reauthenticate" in visitor.page.url:
        visitor.page.fill("#id_password", visitor.site.phrase)
        visitor.page.locator("main form button[type=submit]").first.click()
        visitor.page.wait_for_url(lambda url: "reauthenticate" not in url)


def test_a_passkey_is_added_and_opens_the_account_alone_and_beside_the_password(newcomer):
    come_in(newcomer)
    page = go(newcomer, "/account/2fa/webauthn/add/")
    confirm_it_is_me(newcomer)
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile("recovery-codes"))
    barriers = newcomer.find_barriers()
    code = page.locator(".codes code").first.inner_text()

    sign_out(newcomer)
    page = go(newcomer, "/account/login/")
    page.click("#passkey_login")
    page.wait_for_url(re.compile("/workspace/"))

    sign_out(newcomer)
    sign_in(newcomer, then="/2fa/authenticate/")
    barriers += newcomer.find_barriers()
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url(re.compile("/workspace/"))

    sign_out(newcomer)
    sign_in(newcomer, then="/2fa/authenticate/")
    page.fill("#id_code", code)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/workspace/"))
    page = go(newcomer, "/account/2fa/totp/activate/")
    confirm_it_is_me(newcomer)
    barriers += newcomer.find_barriers()
    page.fill("#id_code", pyotp.TOTP(page.locator("main code").inner_text()).now())
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/2fa/$"))

    assert barriers == []

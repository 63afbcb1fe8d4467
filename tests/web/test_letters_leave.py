"""A letter leaves without asking the name service: where there is none, a request must not wait for it."""

import socket

from citytandem.web.shell.apps import DNS_NAME


def test_no_letter_asks_for_the_name_of_the_machine(monkeypatch, settings):
    monkeypatch.setattr(socket, "getfqdn", lambda *_: 1 / 0)

    assert settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith(f"@{DNS_NAME}")

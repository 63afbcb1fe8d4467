"""A letter leaves without asking the name service: where there is none, a request must not wait for it."""

import socket

from django.core import mail

from citytandem.web.accounts.letters import send_letter


def test_no_letter_asks_for_the_name_of_the_machine(monkeypatch, mailoutbox):
    monkeypatch.setattr(socket, "getfqdn", lambda *_: 1 / 0)
    sent = send_letter("reminder", to="a@example.org", language="de", address="https://x.example/", due="", count=1, settings="")

    assert sent
    assert mail.outbox[0].message()["Message-ID"].endswith("@localhost>")

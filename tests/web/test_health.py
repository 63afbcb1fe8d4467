"""Machines that watch the site get a plain answer."""

import json
import logging
import re

import pytest
from django.db import connection
from django.test import Client

from citytandem.web.shell import views
from citytandem.web.shell.logs import JsonFormatter

pytestmark = pytest.mark.django_db


def test_a_healthy_site_is_ready():
    answer = Client().get("/health/ready/")

    assert answer.json() == {"status": "ready", "checks": {"database": True, "release": True, "jobs": True}}


def test_a_site_whose_jobs_pile_up_is_not_ready(monkeypatch):
    monkeypatch.setattr(views, "oldest_waiting_seconds", lambda: 3_600.0)
    answer = Client().get("/health/ready/")

    assert (answer.status_code, answer.json()["checks"]["jobs"]) == (503, False)


def test_a_database_that_is_behind_the_code_is_not_ready():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'accounts'")
    answer = Client().get("/health/ready/")

    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, False)


def test_metrics_are_lines_prometheus_can_read():
    text = Client().get("/health/metrics/").content.decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]

    assert len(lines) == 4
    assert all(re.fullmatch(r"[a-z_]+(\{[^}]*\})? [0-9.]+", line) for line in lines)


def test_health_sets_no_cookie_and_asks_for_no_language():
    answer = Client().get("/health/")

    assert (answer.json(), answer.cookies) == ({"status": "ok"}, {})


def test_a_log_line_is_one_line_of_json_with_the_trace_inside():
    record = logging.LogRecord("citytandem", logging.ERROR, "", 1, "it %s", ("broke",), None)
    try:
        int("a\nb")
    except ValueError as problem:
        record.exc_info = (ValueError, problem, problem.__traceback__)
    line = JsonFormatter().format(record)

    assert "\n" not in line
    assert json.loads(line)["message"] == "it broke"
    assert "ValueError" in json.loads(line)["trace"]

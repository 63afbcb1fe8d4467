"""A person at a terminal asks for a bridge: the sentence first, then the steps, then what would size the rest."""

import json

import pytest

from tests.cli.test_terminal import citytandem


def test_a_bridge_is_told_in_a_sentence_and_drawn():
    done = citytandem("bridge", "Berlin", "2016", "--from", "quellenbilanz", "--to", "verursacherbilanz")

    assert done.returncode == 0
    assert "17,851,000 t" in done.stdout
    assert "█" in done.stdout
    assert "Electricity and heat booked where used" in done.stdout


def test_a_bridge_as_json_holds_every_step_and_says_what_is_open():
    answer = json.loads(citytandem("bridge", "Heidelberg", "2019", "--json").stdout)
    known = [row["change_t"] for row in answer["answer"]["steps"] if row["change_t"] is not None]

    assert answer["status"] == "partial"
    assert abs(answer["answer"]["from_t"] + sum(known) - answer["answer"]["to_t"]) < 1e-6
    assert all(finding["message"] for finding in answer["findings"])


def test_an_unknown_end_is_refused_with_a_sentence():
    done = citytandem("bridge", "Berlin", "2016", "--to", "atlantis")

    assert done.returncode == 1
    assert "atlantis" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_published_total_is_split_before_anything_is_scaled():
    done = citytandem("reconcile", "Heidelberg", "2019", "--published", "898059")

    assert done.returncode == 0
    assert "without Waste" in done.stdout


def test_a_balance_shows_its_electricity_twice_and_its_rules_without_a_certificate():
    answer = json.loads(citytandem("balance", "Heidelberg", "--json").stdout)["answer"]
    views = {row["view"]: row for row in answer["electricity"]}

    assert {"reported", "national", "common"} <= views.keys()
    assert len({row["activity_mwh"] for row in answer["electricity"]}) == 1
    assert {row["verdict"] for row in answer["rules"]} <= {"kept", "broken", "cannot_tell"}


def test_rules_are_shown_as_a_check_and_never_as_a_certificate():
    done = citytandem("balance", "Heidelberg")

    assert "no certificate" in done.stdout
    assert "cannot tell" in done.stdout


@pytest.mark.parametrize(("form", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("html", b"<!"), ("json", b"{")])
def test_a_bridge_is_drawn_into_the_file_its_ending_names(tmp_path, form, begins):
    pytest.importorskip("vl_convert", reason="the report extra is not installed")
    file = tmp_path / "pictures" / f"berlin.{form}"
    done = citytandem("bridge", "Berlin", "2016", "--from", "quellenbilanz", "--to", "verursacherbilanz", "--out", str(file))

    assert done.returncode == 0
    assert file.read_bytes().startswith(begins)
    assert str(file) in "".join(done.stdout.split("\n"))


def test_a_page_of_a_bridge_holds_picture_table_and_what_would_cure_the_rest(tmp_path):
    pytest.importorskip("vl_convert", reason="the report extra is not installed")
    file = tmp_path / "heidelberg.html"
    citytandem("bridge", "Heidelberg", "2019", "--out", str(file), language="de")
    page = file.read_text(encoding="utf-8")

    assert "<svg" in page
    assert "<table" in page
    assert "Abfall und Abwasser" in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_a_file_we_cannot_draw_is_refused_before_anything_is_computed(tmp_path):
    done = citytandem("bridge", "Berlin", "--out", str(tmp_path / "berlin.gif"))

    assert done.returncode == 1
    assert ".svg" in done.stderr
    assert not list(tmp_path.iterdir())


def test_what_is_inside_a_factor_is_said_in_words():
    told = citytandem("balance", "Heidelberg").stdout

    assert "burning in power plants alone" in told
    assert "what is left after green tariffs" in told


def test_a_difference_is_told_in_whole_tonnes():
    done = citytandem("reconcile", "Heidelberg", "2019", "--published", "123456")

    assert "-794,823 t" in done.stdout or "−794,823 t" in done.stdout
    assert ".0 t" not in done.stdout


def test_a_method_is_called_by_its_name_wherever_a_balance_is_shown():
    told = citytandem("balance", "København").stdout

    assert "Energi- og CO2-regnskabet" in told
    assert "danish accounts" not in told

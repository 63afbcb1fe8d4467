"""The frame of the site: languages, refusals, headers, pages kept for all."""

import gzip

import pytest
from django.test import Client
from django.utils import translation

from citytandem.web.shell.views import show_our_fault

CITY = "/de/cities/DE-08221000/"


@pytest.mark.django_db
def test_a_newcomer_is_sent_to_the_language_of_their_browser():
    answer = Client().get("/", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"})

    assert (answer.status_code, answer["Location"]) == (302, "/zh-hans/")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-hans", "da"])
def test_a_page_says_its_language_and_sets_no_cookie(language):
    answer = Client().get(f"/{language}/")
    spoken = "zh-Hans" if language == "zh-hans" else language

    assert f'<html lang="{spoken}">' in answer.content.decode()
    assert answer.cookies == {}


@pytest.mark.django_db
def test_an_unknown_city_is_told_with_the_cure_not_with_a_trace():
    answer = Client().get("/en/cities/XX-1/")

    assert answer.status_code == 404
    assert "We do not know a city" in answer.content.decode()


@pytest.mark.django_db
def test_a_kept_page_is_the_same_bytes_and_answers_304_to_those_who_have_it():
    first = Client().get(CITY)
    again = Client().get(CITY)
    known = Client().get(CITY, headers={"If-None-Match": first["ETag"]})

    assert again.content == first.content
    assert known.status_code == 304


@pytest.mark.django_db
def test_a_kept_page_travels_packed_to_those_who_can_unpack_it():
    plain = Client().get(CITY)
    packed = Client().get(CITY, headers={"Accept-Encoding": "gzip, br"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain


@pytest.mark.django_db
def test_no_page_may_load_anything_from_elsewhere_or_run_words_as_code():
    policy = Client().get(CITY)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_fault_is_told_even_where_the_database_is_gone(rf):
    """Without the mark for a database, every question to one fails."""
    with translation.override("en"):
        answer = show_our_fault(rf.get("/en/"))

    assert answer.status_code == 500
    assert "Your data are untouched" in answer.content.decode()

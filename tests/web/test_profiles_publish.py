"""Publishing what a city says: seen by all at once, compared, taken back, taken up again; and the right of reply."""

import html

import polars as pl
import pytest

from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.live import forget
from citytandem.web.profiles.models import PowerCorrection, ProfileVersion, Reply, StageAnswer, Target
from citytandem.web.profiles.publishing import fingerprint, publish
from citytandem.web.profiles.queries import content_of
from citytandem.words import Speech

pytestmark = pytest.mark.django_db
CITY = "DE-08221000"


@pytest.fixture(autouse=True)
def fresh_process():
    forget()
    yield
    forget()


@pytest.fixture
def publisher(person, heidelberg):
    return person(Role.PUBLISHER, heidelberg, name="Bernd Muster", language="de")


@pytest.fixture
def own_words(heidelberg):
    """A stage, a power and a target of the invented team."""
    link = "https://city.example/plan"
    StageAnswer.objects.create(
        organisation=heidelberg, measure="E01", said="4", year=2025, evidence=link, remark="Wärmeplan 2025"
    )
    PowerCorrection.objects.create(
        organisation=heidelberg,
        asset="heat_network",
        dimension="own",
        level=0,
        law="Kaufvertrag",
        reason="Das Netz ist verkauft.",
    )
    Target.objects.create(
        organisation=heidelberg,
        kind="reduction",
        target_year=2031,
        base_year=1987,
        share_percent=83,
        scope="ohne Industrie",
        link=link,
    )
    return heidelberg


def said(key: str, **facts) -> str:
    return html.escape(Speech("de").sentence(key, **facts))


def here(organisation, rest: str = "") -> str:
    return f"/de/workspace/{organisation.pk}/profile/{rest}"


def post_publish(browser, organisation, **more):
    sent = {"shown": fingerprint(content_of(organisation)), "note": "", **more}
    return browser.post(here(organisation, "publish/"), sent)


def public(browser, section: str) -> str:
    return browser.get(f"/de/cities/{CITY}/{section}/").content.decode()


def test_what_a_publisher_publishes_is_on_the_public_page_at_once(browser_of, publisher, own_words):
    stranger = browser_of(None)
    before = {section: public(stranger, section) for section in ("profile", "powers", "measures")}
    told = post_publish(browser_of(publisher), own_words, note="Erste Fassung")
    after = {section: public(stranger, section) for section in ("profile", "powers", "measures")}

    assert told.status_code == 302
    assert "2031" not in before["profile"]
    assert "2031" in after["profile"]
    assert "ohne Industrie" in after["profile"]
    assert "Kaufvertrag" in after["powers"]
    assert "Kaufvertrag" not in before["powers"]
    assert after["measures"] != before["measures"]


def test_a_preview_shows_it_to_the_team_alone(browser_of, person, publisher, own_words):
    address = f"/de/cities/{CITY}/powers/?preview=profile"
    team, stranger = browser_of(publisher).get(address).content.decode(), browser_of(None).get(address).content.decode()
    neighbour = browser_of(person(email="x@example.org")).get(address).content.decode()

    assert "Kaufvertrag" in team
    assert said("web.profile.preview") in team
    assert "Kaufvertrag" not in stranger
    assert "Kaufvertrag" not in neighbour


def test_a_correction_of_powers_counts_in_the_advice(publisher, own_words):
    from citytandem import load, verbs
    from citytandem.web.merging import Viewer, open_merged
    from citytandem.web.profiles.layers import find_layers

    publish(user=publisher, organisation=own_words, shown=fingerprint(content_of(own_words)))
    atlas = open_merged(find_layers(Viewer(), on=None, token="test"))
    chosen = (pl.col("asset") == "heat_network") & (pl.col("dimension").cast(pl.String) == "own")
    powers = verbs.advise(atlas, city=CITY).powers.filter(chosen)
    generally = verbs.advise(load(), city=CITY).powers.filter(chosen)

    assert powers.select("level", "law", "source").row(0) == (0, "Kaufvertrag", f"self-check-{CITY}")
    assert str(powers["matched"][0]) == "correction"
    assert generally["level"][0] != 0 or generally["law"][0] != "Kaufvertrag"


def test_an_answer_without_a_document_is_never_evidence_for_others(publisher, heidelberg):
    from citytandem.web.merging import Viewer, open_merged
    from citytandem.web.profiles.layers import find_layers

    for measure, link in (("E01", "https://city.example/plan"), ("E02", "")):
        StageAnswer.objects.create(organisation=heidelberg, measure=measure, said="3", evidence=link)
    for measure, answer in (("E03", "unknown"), ("E04", "not_ours")):
        StageAnswer.objects.create(organisation=heidelberg, measure=measure, said=answer)
    publish(user=publisher, organisation=heidelberg, shown=fingerprint(content_of(heidelberg)))
    rows = open_merged(find_layers(Viewer(), on=None, token="marks")).stage.filter(pl.col("city") == CITY)

    assert rows.select("measure", "stage", pl.col("mark").cast(pl.String)).sort("measure").rows() == [
        ("E01", 3, "S"), ("E02", 3, "K"), ("E04", None, "K"),
    ]  # fmt: skip


def test_an_own_answer_takes_the_place_of_the_published_items_of_that_measure_alone(person):
    from citytandem import load
    from citytandem.web.merging import Viewer, open_merged
    from citytandem.web.profiles.layers import find_layers

    muenster = Organisation.objects.create(kind=Kind.CITY, name="Münster (invented team)", city="DE-05515000")
    StageAnswer.objects.create(organisation=muenster, measure="B01", said="4")
    publish(user=person(Role.PUBLISHER, muenster), organisation=muenster, shown=fingerprint(content_of(muenster)))
    own = pl.col("city") == "DE-05515000"
    rows, known = open_merged(find_layers(Viewer(), on=None, token="muenster")).stage.filter(own), load().stage.filter(own)

    assert rows.filter(pl.col("measure") == "B01")["item"].to_list() == ["self-check"]
    assert rows.filter(pl.col("measure") != "B01").height == known.filter(pl.col("measure") != "B01").height


def test_what_changed_since_it_was_looked_at_is_not_published_unseen(browser_of, publisher, own_words):
    shown = fingerprint(content_of(own_words))
    StageAnswer.objects.create(organisation=own_words, measure="E02", said="1")
    told = browser_of(publisher).post(here(own_words, "publish/"), {"shown": shown})

    assert told.status_code == 409
    assert said("web.publish.changed_meanwhile") in told.content.decode()
    assert not ProfileVersion.objects.exists()


def test_the_same_is_not_published_twice(browser_of, publisher, own_words):
    browser = browser_of(publisher)
    post_publish(browser, own_words)
    told = post_publish(browser, own_words)

    assert told.status_code == 409
    assert ProfileVersion.objects.count() == 1


def test_versions_are_compared_and_an_older_one_is_taken_up_again(browser_of, publisher, own_words):
    browser = browser_of(publisher)
    post_publish(browser, own_words)
    StageAnswer.objects.update(said="1")
    Target.objects.all().delete()
    post_publish(browser, own_words)
    page = browser.get(here(own_words, "versions/2/")).content.decode()
    told = browser.post(here(own_words, "versions/1/restore/"))
    stages = list(StageAnswer.objects.values_list("measure", "said", "evidence"))
    newest = ProfileVersion.objects.order_by("-number").first()

    assert said("web.publish.differs", count=2, number=1) in page
    assert Speech("de").label("web.publish.is.removed") in page
    assert told.status_code == 302
    assert (newest.number, newest.restored_from.number, newest.sha256) == (3, 1, ProfileVersion.objects.get(number=1).sha256)
    assert stages == [("E01", "4", "https://city.example/plan")]
    assert Target.objects.count() == 1
    assert "2031" in public(browser_of(None), "profile")


def test_what_is_withdrawn_is_out_of_sight_at_once_and_stays_with_the_team(browser_of, publisher, own_words):
    browser, stranger = browser_of(publisher), browser_of(None)
    post_publish(browser, own_words)
    seen = public(stranger, "powers")
    browser.post(here(own_words, "withdraw/"))

    assert "Kaufvertrag" in seen
    assert "Kaufvertrag" not in public(stranger, "powers")
    assert StageAnswer.objects.count() == 1
    assert AuditEntry.objects.filter(action="profile.withdrawn", user=publisher).count() == 1


def test_an_older_version_of_another_city_is_not_there(browser_of, publisher, person, own_words):
    other = Organisation.objects.create(kind=Kind.CITY, name="Aarhus", city="DK-0751")
    theirs = person(Role.PUBLISHER, other, email="p@aarhus.example")
    ProfileVersion.objects.create(organisation=own_words, number=1, content=content_of(own_words), sha256="x")
    browser = browser_of(theirs)

    assert browser.post(here(other, "versions/1/restore/")).status_code == 404
    assert browser.get(here(other, "versions/1/")).status_code == 404


def power(**more) -> dict[str, str]:
    return {"version": "0", "level": "1", "law": "WPG § 4", "law_date": "2024-01-01", "reason": "Vertrag", "link": "", **more}


def test_a_power_is_corrected_with_law_date_and_reason_and_taken_back(browser_of, person, heidelberg):
    browser = browser_of(person(Role.EDITOR, heidelberg))
    address = here(heidelberg, "powers/heat_network/rule/")
    page = browser.get(address).content.decode()
    browser.post(address, power())
    matrix = browser.get(here(heidelberg, "powers/")).content.decode()
    second = browser.post(address, power(level="3"))
    third = browser.post(f"{address}drop/", {"version": "1"})

    assert "WPG" in page
    assert Speech("de").label("web.powers.corrected") in matrix
    assert second.status_code == 409
    assert third.status_code == 302
    assert not PowerCorrection.objects.exists()
    assert [one.action for one in AuditEntry.objects.order_by("pk")] == ["profile.power", "profile.power_removed"]


@pytest.mark.parametrize("wrong", [{"level": "4"}, {"reason": ""}, {"law_date": "gestern"}, {"link": "http://x.example"}])
def test_a_correction_that_cannot_be_is_refused(browser_of, person, heidelberg, wrong):
    told = browser_of(person(Role.EDITOR, heidelberg)).post(here(heidelberg, "powers/heat_network/rule/"), power(**wrong))

    assert told.status_code == 422
    assert not PowerCorrection.objects.exists()


@pytest.mark.parametrize("place", ["castle/own", "heat_network/love"])
def test_a_power_nobody_knows_is_not_there(browser_of, person, heidelberg, place):
    assert browser_of(person(Role.EDITOR, heidelberg)).get(here(heidelberg, f"powers/{place}/")).status_code == 404


def target(**more) -> dict[str, str]:
    values = {"version": "0", "kind": "reduction", "target_year": "2030", "base_year": "1990", "share_percent": "55"}
    return {**values, "absolute_t": "", "scope": "die ganze Stadt", "link": "https://city.example/x", "review": "", **more}


def test_a_target_is_written_changed_and_taken_back(browser_of, person, heidelberg):
    browser = browser_of(person(Role.EDITOR, heidelberg))
    browser.post(here(heidelberg, "targets/new/"), target())
    own = Target.objects.get()
    address = here(heidelberg, f"targets/{own.pk}/")
    browser.post(address, target(version="1", share_percent="60"))
    late = browser.post(address, target(version="1", share_percent="70"))
    twice = browser.post(here(heidelberg, "targets/new/"), target())
    kept = Target.objects.get().share_percent
    browser.post(f"{address}drop/", {"version": "2"})

    assert (late.status_code, twice.status_code, kept) == (409, 422, 60)
    assert said("web.target.twice") in twice.content.decode()
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"share_percent": ""}, {"base_year": ""}, {"base_year": "2031"}, {"link": ""}, {"kind": "absolute"}, {"scope": ""}]
)
def test_a_target_that_cannot_be_understood_is_refused(browser_of, person, heidelberg, wrong):
    told = browser_of(person(Role.EDITOR, heidelberg)).post(here(heidelberg, "targets/new/"), target(**wrong))

    assert told.status_code == 422
    assert not Target.objects.exists()


def test_a_target_of_another_city_is_not_there(browser_of, person, own_words):
    other = Organisation.objects.create(kind=Kind.CITY, name="Aarhus", city="DK-0751")
    browser = browser_of(person(Role.ADMIN, other))
    number = Target.objects.get().pk
    found = [browser.post(here(other, f"targets/{number}/{rest}"), target(version="1")).status_code for rest in ("", "drop/")]

    assert found == [404, 404]
    assert Target.objects.get().target_year == 2031


def reply_to(browser, organisation, section="balance", query="", **more):
    sent = {"text": "Die Werte für 2019 sind vorläufig.", "link": "https://city.example/b", "language": "de", **more}
    return browser.post(f"/de/workspace/{organisation.pk}/replies/{section}/new/{query}", sent)


def test_a_reply_stands_beside_the_statement_at_once_until_it_is_withdrawn(browser_of, publisher, heidelberg):
    browser, stranger = browser_of(publisher), browser_of(None)
    before = public(stranger, "balance")
    reply_to(browser, heidelberg)
    seen = public(stranger, "balance")
    own = Reply.objects.get()
    browser.post(f"/de/workspace/{heidelberg.pk}/replies/{own.pk}/withdraw/")
    entry = AuditEntry.objects.get(action="reply.withdrawn")

    assert "vorläufig" not in before
    assert "Die Werte für 2019 sind vorläufig." in seen
    assert said("web.reply.says", organisation=heidelberg.name) in seen
    assert 'rel="nofollow noreferrer noopener"' in seen
    assert "vorläufig" not in public(stranger, "position")
    assert "vorläufig" not in public(stranger, "balance")
    assert entry.before["text"] == own.text


def test_a_reply_to_a_figure_names_it(browser_of, publisher, heidelberg):
    told = reply_to(browser_of(publisher), heidelberg, query="?figure=sectors")
    page = public(browser_of(None), "balance")

    assert told.status_code == 302
    assert Reply.objects.get().figure == "sectors"
    assert 'href="#figure-sectors"' in page


def test_a_reply_is_shown_as_text(browser_of, publisher, heidelberg):
    refused = reply_to(browser_of(publisher), heidelberg, link="javascript:alert(1)")
    reply_to(browser_of(publisher), heidelberg, text="<script>alert(1)</script>", link="")
    page = public(browser_of(None), "balance")

    assert refused.status_code == 422
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("place", ["nothing/new/", "balance/new/?figure=partners", "balance/new/?figure=none"])
def test_there_is_no_reply_to_what_is_no_statement(browser_of, publisher, heidelberg, place):
    assert browser_of(publisher).get(f"/de/workspace/{heidelberg.pk}/replies/{place}").status_code == 404


def test_only_publishers_of_the_city_reply(browser_of, person, heidelberg):
    other = Organisation.objects.create(kind=Kind.CITY, name="Aarhus", city="DK-0751")
    network = Organisation.objects.create(kind=Kind.NETWORK, name="A network", network="demo")
    own = Reply.objects.create(organisation=heidelberg, city=CITY, section="balance", text="x", language="de")
    people = {
        person(Role.VIEWER, heidelberg): 403,
        person(Role.EDITOR, heidelberg): 403,
        person(Role.ADMIN, other): 404,
        person(Role.COORDINATOR, network): 404,
        person(email="operator@example.org", is_operator=True): 404,
        None: 302,
    }
    found = {who: reply_to(browser_of(who), heidelberg).status_code for who in people}
    base = f"/de/workspace/{heidelberg.pk}/replies/{own.pk}/withdraw/"
    withdrawn = {who: browser_of(who).post(base).status_code for who in people}

    assert found == people
    assert withdrawn == people
    assert Reply.objects.get().withdrawn is None


def test_a_publisher_finds_the_way_to_reply_and_others_do_not(browser_of, person, publisher, heidelberg):
    way = f"/de/workspace/{heidelberg.pk}/replies/balance/new/"

    assert way in public(browser_of(publisher), "balance")
    assert way not in public(browser_of(person(Role.EDITOR, heidelberg)), "balance")
    assert way not in public(browser_of(None), "balance")


def test_public_pages_of_people_who_are_not_signed_in_set_no_cookie(browser_of, publisher, heidelberg):
    reply_to(browser_of(publisher), heidelberg)

    assert browser_of(None).get(f"/de/cities/{CITY}/balance/").cookies == {}

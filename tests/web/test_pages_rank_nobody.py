"""Pages on regions, buildings, cases, frameworks and pilots name things by the alphabet, and no word on them ranks."""

import datetime as dt
import html
import re

import pytest

from citytandem.web.pilots.models import Certificate, Decision, PilotCity, PilotProgramme, ProgrammeState, Stage, StageStep
from citytandem.web.pilots.numbering import write_number
from citytandem.words import LANGUAGES
from tests.walls.test_no_rank import WORDS
from tests.web.assessing import an_agency

pytestmark = pytest.mark.django_db
PLACES = (("Zhuzhou", 4), ("Dalian", 1), ("Qingdao", 3))
"""Their levels say another order than their names."""
PAGES = (
    "regions/", "regions/CN-130000/", "buildings/", "buildings/xingfubao-urumqi/", "lessons/", "lessons/topics/", "assessments/",
    "assessments/frameworks/sino_german_2018/", "pilots/", "pilots/{programme}/", "pilots/{programme}/portfolio/",
)  # fmt: skip


@pytest.fixture
def programme(db):
    made = PilotProgramme.objects.create(
        organisation=an_agency(), title="Eco-cities (invented)", language="en", framework="sino_german_2018",
        starts=dt.date(2025, 1, 1), state=ProgrammeState.RUNNING, is_invented=True,
    )  # fmt: skip
    stages = [Stage.objects.create(programme=made, order=place, title=f"Stage {place}") for place in range(1, 5)]
    for place, level in PLACES:
        city = PilotCity.objects.create(
            programme=made, place=place, country="CN", joined=dt.date(2025, 2, level), stage=stages[level - 1]
        )
        for stage in stages[:level]:
            StageStep.objects.create(pilot=city, stage=stage, on=dt.date(2025, 2 + stage.order, 1))
        decision = Decision.objects.create(pilot=city, outcome="certify", reasons="met", on=dt.date(2026, 1, level))
        Certificate.objects.create(
            pilot=city, decision=decision, number=write_number(programme=made.pk, year=2026, count=level), level=level,
            issued=dt.date(2026, 1, level), valid_from=dt.date(2026, 1, level), valid_until=dt.date(2029, 1, 1),
        )  # fmt: skip
    return made


def read(client, address):
    """What a person reads on a page: its text, without names of classes."""
    response = client.get(address)

    assert response.status_code == 200, address
    whole = response.content.decode()
    main = whole[whole.index("<main") : whole.index("</main>")]
    return html.unescape(re.sub(r"<[^>]+>", " ", main))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_on_these_pages_ranks(client, programme, language):
    ranking = re.compile(WORDS[language], re.IGNORECASE)
    texts = {page: read(client, f"/{language.lower()}/{page.format(programme=programme.pk)}") for page in PAGES}

    assert {page: found[0] for page, text in texts.items() if (found := ranking.search(text))} == {}


@pytest.mark.parametrize("page", ["pilots/{programme}/", "pilots/{programme}/portfolio/"])
def test_cities_of_a_programme_stand_by_name_whatever_their_levels(client, programme, page):
    text = read(client, f"/en/{page.format(programme=programme.pk)}")
    named = [match[0] for match in re.finditer("|".join(place for place, _ in PLACES), text)]
    once = list(dict.fromkeys(named))

    assert once == sorted(place for place, _ in PLACES)


@pytest.mark.parametrize(("page", "table"), [("buildings/", "buildings"), ("regions/?country=CN", "regions")])
def test_lists_cannot_be_turned_round_by_the_address(client, page, table):
    joiner = "&" if "?" in page else "?"
    plain = read(client, f"/en/{page}")

    assert table in plain.lower()
    for wish in ("sort=value", "order=-level", "order_by=heating_demand", "by=score"):
        assert read(client, f"/en/{page}{joiner}{wish}") == plain

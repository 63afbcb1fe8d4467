"""Papers of an exchange are set in every language with our fonts, say who is invented, and leave open what is open."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pypdf
import pytest

from citytandem.briefing.papers.agenda import Entry, PersonalAgenda
from citytandem.briefing.papers.agreement import KINDS, Agreement, Party, Theme
from citytandem.briefing.papers.badges import Badges
from citytandem.briefing.papers.certificate import Certificate
from citytandem.briefing.papers.delegation import DelegationList
from citytandem.briefing.papers.letters import Invitation, VisaLetter
from citytandem.briefing.papers.minutes import Item, Minutes, Task
from citytandem.briefing.papers.paper import Occasion, Person, Sender
from citytandem.briefing.papers.replication import ReplicationPlan
from citytandem.briefing.papers.report import FunderReport
from citytandem.briefing.papers.write import COMPOSERS, compose_paper, write_paper
from citytandem.words import LANGUAGES, Speech

RUHR = Occasion("TWINS Ruhr", "Essen", dt.date(2027, 5, 3), dt.date(2027, 5, 5))
YUKI = Person("佐藤 由紀", "横浜市", "気候政策課", "横浜市", ("日本語",), is_invented=True)
ANNE = Person("Anne Weiß", "Stadt Essen", languages=("Deutsch",))
HOST = Sender("Stadt Essen", ("45127 Essen",), ANNE, "anne@example.org")
BERLIN = ZoneInfo("Europe/Berlin")
ENTRY = Entry(
    dt.datetime(2027, 5, 3, 9, tzinfo=BERLIN), dt.datetime(2027, 5, 3, 10, tzinfo=BERLIN), "Wärme ohne Kohle", "Halle 5"
)
DAY = dt.date(2027, 1, 12)
PAPERS = [
    PersonalAgenda(RUHR, YUKI, (ENTRY,), "Europe/Berlin"),
    Badges("TWINS Ruhr", (YUKI, ANNE) * 5),
    DelegationList(RUHR, "Yokohama", (YUKI, ANNE)),
    Invitation(HOST, YUKI, RUHR, DAY),
    VisaLetter(HOST, YUKI, RUHR, DAY, ("Embassy",), RUHR.starts, RUHR.ends),
    Certificate(HOST, YUKI, RUHR, DAY, 18.5, ("heat",)),
    Minutes("Kick-off", DAY, "Essen", (YUKI,), (Item("Heat", ("Said.",), ("Decided.",)),), (Task("Send it", "Anne"),)),
    *(Agreement(kind, (Party("Essen", (ANNE,)), Party("横浜市", (YUKI,))), (Theme("Heat"),)) for kind in KINDS),
    ReplicationPlan("Yokohama", "Bottrop", "Advice", "How?"),
    FunderReport("TWINS", "A foundation", DAY, DAY),
]


def _read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def test_every_kind_of_paper_is_tried_here():
    assert {type(paper) for paper in PAPERS} == set(COMPOSERS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: getattr(paper, "kind", type(paper).__name__))
def test_a_paper_is_set_in_every_language_as_a_tagged_file(paper, language):
    read = _read(write_paper(paper, Speech(language)))

    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.pages[0].mediabox.width == pytest.approx(595.276, abs=0.1)


def test_the_same_paper_gives_the_same_bytes():
    assert write_paper(PAPERS[0], Speech("ja")) == write_paper(PAPERS[0], Speech("ja"))


def test_names_in_any_script_can_be_read_from_the_file():
    text = _read(write_paper(PAPERS[0], Speech("de"))).pages[0].extract_text()

    assert "佐藤 由紀" in text
    assert "Wärme ohne Kohle" in text


@pytest.mark.parametrize("paper", [paper for paper in PAPERS if not isinstance(paper, Badges | ReplicationPlan | FunderReport)])
def test_a_paper_that_names_invented_people_says_so(paper):
    assert "invented" in compose_paper(paper, Speech()).notice


def test_a_badge_of_an_invented_person_says_so_itself():
    badges = compose_paper(PAPERS[1], Speech()).badges

    assert ["invented" in badge.note for badge in badges[:2]] == [True, False]


def test_an_agreement_holds_all_that_an_agreement_needs():
    sheet = compose_paper(Agreement("exchange", (Party("Essen"), Party("Lille")), (Theme("Heat"),)), Speech())

    assert [part.heading.split(". ", 1)[-1] for part in sheet.parts if part.heading] == [
        "Parties and contact persons",
        "Purpose",
        "Themes and how they are measured",
        "Contributions, costs and travel emissions",
        "Data, confidentiality, rights and publicity",
        "Language",
        "Working structure and decisions",
        "Monitoring and yearly review",
        "Duration, renewal and exit",
        "No further obligations",
        "Annex: programme of action",
    ]
    assert sheet.parts[3].table.rows == (("Heat", "still open", "still open", "still open"),)


def test_what_nobody_wrote_down_is_not_made_up():
    report = compose_paper(FunderReport("TWINS", "A foundation", DAY, DAY), Speech())

    assert all(part.paragraphs == ("Nothing has been written down here yet.",) for part in report.parts)

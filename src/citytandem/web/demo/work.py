"""What the invented teams of the demo say: a self-check half done, needs and offers, each labelled as an invented example.

None of the stages is published: the pages of real cities show what is really known of them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.models import Organisation, User
from citytandem.web.partnerships.actions import publish_listing, write_listing
from citytandem.web.partnerships.models import Listing, Solution
from citytandem.web.profiles.actions import add_comment, save_answer
from citytandem.web.profiles.catalogue import field_of, list_screens
from citytandem.web.profiles.models import Said, StageAnswer

HALF_DONE = ("governance", "buildings", "energy")
"""Fields the invented team of Heidelberg has filled in; the others are open."""
CYCLE = (Said.ROLLOUT, Said.PILOT, Said.DECIDED, Said.NONE, Said.COMPLETE, Said.UNKNOWN, Said.ROLLOUT, Said.NOT_OURS)
YEAR = 2026
REFERENCE = "https://example.org/invented"


class Example(NamedTuple):
    """One invented need or offer: by whom, what kind, which measure, in which language, title and text, which solution."""

    email: str
    kind: str
    measure: str
    language: str
    title: str
    text: str
    solution: str = ""


EXAMPLES = (
    Example(
        "head@heidelberg.example", "need", "E04", "de", "Abwärme aus Rechenzentren nutzen (erfundenes Beispiel)",
        "Wir suchen eine Stadt, die Abwärme eines Rechenzentrums in ihr Wärmenetz aufgenommen hat und über den Vertrag "
        "sprechen mag. (Erfundenes Beispiel)",
    ),
    Example(
        "head@heidelberg.example", "offer", "B09", "de", "Führung durch ein Passivhaus-Quartier (erfundenes Beispiel)",
        "Wir zeigen einer Gruppe einen Tag lang, was beim Bau gut ging und was nicht. (Erfundenes Beispiel)",
        Solution.BUILDINGS,
    ),
    Example(
        "officer@yokohama.example", "need", "B14", "ja", "既存住宅の断熱改修を進める方法（架空の例）",
        "断熱改修の補助制度を運用している都市と、申請の手続きについて話したいです。（架空の例）",
    ),
    Example(
        "officer@aarhus.example", "offer", "E02", "da", "Erfaringer med udbygning af fjernvarme (opdigtet eksempel)",
        "Vi deler gerne vores erfaringer over et par opkald. (Opdigtet eksempel)",
        Solution.HEAT,
    ),
    Example(
        "maker@civic.example", "offer", "W05", "en", "How to start a repair café (invented example)",
        "We share our checklist and come by for a first evening. (Invented example)",
        Solution.WASTE,
    ),
)  # fmt: skip


@transaction.atomic
def load_demo() -> None:
    """Let the invented teams say something, once."""
    team = Organisation.objects.filter(city="DE-08221000", is_invented=True).first()
    officer = User.objects.filter(email="officer@heidelberg.example", is_invented=True).first()
    if team is None or officer is None or StageAnswer.objects.filter(organisation=team).exists():
        return
    measures = [measure for screen in list_screens() if screen.field in HALF_DONE for measure in screen.measures]
    for number, measure in enumerate(measures):
        said = CYCLE[number % len(CYCLE)]
        has_link = said in {Said.ROLLOUT, Said.COMPLETE}
        values = {
            "said": said.value,
            "year": YEAR if said.isdecimal() else None,
            "evidence": REFERENCE if has_link else "",
            "remark": "Erfundenes Beispiel",
        }
        save_answer(user=officer, organisation=team, measure=measure, version=0, values=values)
    add_comment(user=officer, organisation=team, measure=measures[0], text="Steht das im Ratsbeschluss? (Erfundenes Beispiel)")
    for example in EXAMPLES:
        _put_on_board(example)


def _put_on_board(example: Example) -> Listing:
    user = User.objects.get(email=example.email)
    organisation = user.memberships.select_related("organisation").earliest("pk").organisation
    values = {
        "kind": example.kind,
        "topic": field_of(example.measure),
        "solution": example.solution,
        "measure": example.measure,
        "title": example.title,
        "text": example.text,
        "language": example.language,
        "evidence": REFERENCE if example.kind == "offer" else "",
        "valid_until": timezone.now().date() + timedelta(days=180),
    }
    made = write_listing(user=user, organisation=organisation, values=values)
    return publish_listing(user=user, listing=made, version=1)

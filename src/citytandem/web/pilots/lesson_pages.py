"""The page on which an office or a city writes down what was learned, so that it stands among the cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from citytandem.web.accounts.access import person_of
from citytandem.web.lessons.actions import record_case
from citytandem.web.lessons.forms import CaseForm
from citytandem.web.pilots.access import require_in_pilot
from citytandem.web.pilots.city_pages import back, say_where
from citytandem.web.pilots.models import Lesson
from citytandem.web.shell.language import word
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.pilots.models import PilotCity

KNOWN = ("region", "city", "tandem", "agreement")
"""What a pilot city knows of its case without being asked."""


class LessonForm(CaseForm):
    """A case of this very city."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in KNOWN:
            del self.fields[name]


@require_in_pilot("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_lesson(request: HttpRequest, *, organisation: Organisation, pilot: PilotCity) -> HttpResponse:
    """Record a case that came out of the pilot; it is a draft until its team publishes it."""
    start = {
        "version": 0, "language": language_of(get_language() or "en"), "first_year": pilot.joined.year, "mark": "K",
        "source_url": pilot.programme.website,
    }  # fmt: skip
    form = LessonForm(request.POST or None, initial=start, organisation=organisation)
    told: dict[str, Any] = {"form": form, "row": None, "kind": "lesson", "conflict": None}
    if request.method == "POST" and form.is_valid():
        if pilot.city or pilot.within:
            with transaction.atomic():
                place = pilot.city or pilot.within
                case = record_case(organisation=organisation, by=person_of(request), city=place, **form.values)
                Lesson.objects.create(pilot=pilot, case=case)
            messages.success(request, str(word("web.pilot.told.lesson")))
            return back(organisation, pilot)
        form.add_error(None, str(word("web.pilot.lesson_nowhere")))
    status = 422 if request.method == "POST" else 200
    return render(request, "pilots/row.html", told | say_where(request, organisation, pilot=pilot), status=status)

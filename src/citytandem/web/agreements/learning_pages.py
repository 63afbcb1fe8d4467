"""Pages of learning: one's own answers, and the answers of all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from citytandem.web.accounts.access import person_of
from citytandem.web.agreements import actions
from citytandem.web.agreements.access import require_in_tandem
from citytandem.web.agreements.forms import LearningForm
from citytandem.web.agreements.instruments import FEWEST
from citytandem.web.agreements.learning import answers_of, moments_open, summarise
from citytandem.web.agreements.models import Moment
from citytandem.web.agreements.work_pages import say_where
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Tandem


@require_in_tandem("organisation.view")
@require_GET
def show_learning(request: HttpRequest, *, organisation: Organisation, tandem: Tandem) -> HttpResponse:
    """What people said before, after and a year later; never one by one."""
    told = say_where(request, organisation=organisation, tandem=tandem)
    told |= {
        "rows": summarise(tandem), "moments": Moment.values, "fewest": FEWEST,
        "open": moments_open(tandem, on=timezone.now().date()) if told["is_side"] else (),
    }  # fmt: skip
    return render(request, "agreements/learning.html", told)


@require_in_tandem("organisation.view", sides_only=True)
@require_http_methods(["GET", "POST"])
def answer_learning(request: HttpRequest, *, organisation: Organisation, tandem: Tandem, moment: str) -> HttpResponse:
    """The items of one moment; every person of a side answers for themselves."""
    if moment not in moments_open(tandem, on=timezone.now().date()):
        raise Http404
    person = person_of(request)
    form = LearningForm(request.POST or None, initial=answers_of(person, tandem=tandem, moment=moment), moment=moment)
    if request.method == "POST" and form.is_valid():
        actions.answer_items(user=person, organisation=organisation, tandem=tandem, moment=moment, levels=form.levels)
        messages.success(request, str(word("web.learning.kept")))
        return redirect("tandem_learning", organisation.pk, tandem.pk)
    told = say_where(request, organisation=organisation, tandem=tandem) | {"form": form, "moment": moment, "fewest": FEWEST}
    return render(request, "agreements/learning_form.html", told, status=422 if request.method == "POST" else 200)

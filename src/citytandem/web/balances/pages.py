"""Pages of an organisation's sets: all of them, a new one, one of them with everything that can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of, require
from citytandem.web.accounts.models import Kind
from citytandem.web.balances import actions, queries
from citytandem.web.balances.downloads import FORMS, make_download
from citytandem.web.balances.forms import BringForm, RuleForm, SightForm
from citytandem.web.balances.models import BalanceSet, PublishingRule, SavedMapping, Stage, State
from citytandem.web.balances.result import open_result
from citytandem.web.balances.tasks import is_lost
from citytandem.web.balances.visibility import visibility_on
from citytandem.web.live import atlas_of
from citytandem.web.shell.language import current_speech, word
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

BUSY = (Stage.WAITING, Stage.RUNNING)


def find_set(organisation: Organisation, number: int) -> BalanceSet:
    """A set of this organisation; of any other there is none."""
    rows = BalanceSet.objects.select_related(
        "organisation", "created_by", "changed_by", "checked_by", "published_by", "restored_from"
    )
    return get_object_or_404(rows, pk=number, organisation=organisation)


@require("organisation.view")
@require_GET
def show_balances(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """The sets of a city, how files are read, and how it wants to publish."""
    if organisation.kind != Kind.CITY:
        raise Http404
    values = {
        "organisation": organisation,
        "sets": queries.sets_of(organisation),
        "mappings": organisation.saved_mappings.all(),
        "rule": RuleForm(initial={"four_eyes": queries.needs_four_eyes(organisation)}),
        "may_edit": request.user.has_perm("organisation.edit", organisation),
        "may_manage": request.user.has_perm("organisation.manage", organisation),
    }
    return render(request, "balances/list.html", values)


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def bring_file(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Take a file."""
    if organisation.kind != Kind.CITY:
        raise Http404
    sent, files = request.POST, request.FILES  # only when these are read does the file arrive
    too_large = bool(request.META.get("UPLOAD_TOO_LARGE"))
    form = BringForm(sent, files, too_large=too_large) if request.method == "POST" else BringForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        brought = actions.bring_file(
            user=person_of(request),
            organisation=organisation,
            raw=file.read(),
            name=file.name or "",
            title=form.cleaned_data["title"],
            licence=form.cleaned_data["licence"],
        )
        return redirect("balance_set", organisation.pk, brought.pk)
    status = 422 if form.errors else 200
    return render(request, "balances/new.html", {"organisation": organisation, "form": form}, status=status)


@require("organisation.view")
@require_GET
def show_set(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """One set: where it stands, what it holds, what was found, its versions, and who did what."""
    own = find_set(organisation, number)
    return render(request, "balances/set.html", describe_set(request, own, form=_sight_form(own)))


def describe_set(request: HttpRequest, own: BalanceSet, *, form: SightForm) -> dict[str, object]:
    """Everything the page of a set shows."""
    organisation = own.organisation
    may = {name: request.user.has_perm(f"organisation.{name}", organisation) for name in ("edit", "publish", "manage")}
    today = timezone.now().date()
    four_eyes = queries.needs_four_eyes(organisation)
    return {
        "organisation": organisation,
        "set": own,
        "result": open_result(own.reading),
        "busy": own.stage in BUSY,
        "lost": is_lost(own),
        "may": may,
        "balances": own.balances.all(),
        "versions": queries.versions_of(own),
        "corrections": own.corrections.select_related("made_by"),
        "audit": queries.audit_of(own)[:50],
        "form": form,
        "seen_by": visibility_on(own, on=today),
        "is_over": own.visible_until is not None and today > own.visible_until,
        "waits_for_other": four_eyes and own.state == State.CHECKED and own.checked_by_id == request.user.pk,
        "newest_year": own.balances.aggregate(year=Max("year"))["year"],
        "forms": FORMS,
    }


def _sight_form(own: BalanceSet) -> SightForm:
    names = ("version", "title", "remark", "visibility", "visible_until", "visibility_after")
    return SightForm(initial={name: getattr(own, name) for name in names})


@require("organisation.view")
@require_GET
def show_progress(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """How far the reading is; when it is done the page is loaded anew."""
    own = find_set(organisation, number)
    answer = render(request, "balances/progress.html", {"organisation": organisation, "set": own, "lost": is_lost(own)})
    if own.stage not in BUSY:
        answer["HX-Refresh"] = "true"
    return answer


@require("organisation.view")
@require_GET
def download_set(request: HttpRequest, *, organisation: Organisation, number: int, form: str) -> HttpResponse:
    """A set, or one of its balances, as a file."""
    own = find_set(organisation, number)
    result = open_result(own.reading)
    balances = [one.balance for one in own.balances.all()]
    asked = request.GET.get("balance") or (balances[-1] if balances else "")
    if result is None or form not in FORMS or asked not in balances:
        raise Http404
    speech = current_speech()
    city = call_city(atlas_of(request), own.city, language=speech.language)
    raw = make_download(result, form=form, balance=asked, speech=speech, city=city)
    ending, kind = FORMS[form]
    name = asked if form in {"ecrf", "xlsx"} else f"{own.city}-set-{own.pk}"
    answer = HttpResponse(raw, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{form}.{ending}"'
    return answer


@require("organisation.edit")
@require_POST
def forget_mapping(request: HttpRequest, *, organisation: Organisation, mapping: int) -> HttpResponse:
    """Read files of a layout by a fresh proposal from now on."""
    actions.forget_mapping(
        user=person_of(request), mapping=get_object_or_404(SavedMapping, pk=mapping, organisation=organisation)
    )
    messages.success(request, word("web.balances.told.mapping_forgotten"))
    return redirect("balances", organisation.pk)


@require("organisation.view")
@require_GET
def download_saved_mapping(request: HttpRequest, *, organisation: Organisation, mapping: int) -> HttpResponse:  # noqa: ARG001
    """A saved mapping as TOML."""
    saved = get_object_or_404(SavedMapping, pk=mapping, organisation=organisation)
    return send_toml(saved.toml, name=f"mapping-{saved.pk}")


def send_toml(text: str, *, name: str) -> HttpResponse:
    """A mapping as a file."""
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return answer


@require("organisation.manage")
@require_POST
def change_rule(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Say whether a second person must publish."""
    PublishingRule.objects.get_or_create(organisation=organisation)
    actions.change_rule(user=person_of(request), organisation=organisation, four_eyes="four_eyes" in request.POST)
    messages.success(request, word("web.told.saved"))
    return redirect("balances", organisation.pk)

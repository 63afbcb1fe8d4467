"""Pages of a tandem's agreement: written from a template, fixed, signed by all sides, reviewed, renewed, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.agreements import actions
from citytandem.web.agreements.access import require_in_tandem
from citytandem.web.agreements.drafting import draft_agreement
from citytandem.web.agreements.forms import AgreementForm, EndForm, RenewForm, SignForm, ThemeForm
from citytandem.web.agreements.models import Agreement, AgreementState
from citytandem.web.agreements.papers import write_agreement_paper
from citytandem.web.agreements.work_pages import say_where
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Tandem

NAMES = (
    "kind",
    "language",
    "purpose",
    "starts",
    "ends",
    "contributions",
    "costs",
    "data_sharing",
    "working",
    "leaving",
    "version",
)
THEME = ("title", "measure", "indicator", "baseline", "unit", "year", "source", "aim")
STEPS = {"send": actions.send_to_sign, "take-back": actions.take_back}


@require_in_tandem("organisation.view")
@require_GET
def show_agreement(request: HttpRequest, *, organisation: Organisation, tandem: Tandem) -> HttpResponse:
    """The agreement that holds or is being made, its signatures and reviews, and those before it."""
    found = list(Agreement.objects.filter(tandem=tandem).prefetch_related("themes", "signatures", "reviews"))
    own = found[0] if found else None
    told = say_where(request, organisation=organisation, tandem=tandem)
    signed = {one.organisation_id: one for one in own.signatures.all()} if own else {}
    told |= {
        "agreement": own,
        "earlier": found[1:],
        "signing": [(side.organisation, signed.get(side.organisation_id)) for side in told["sides"]],
        "may_sign": bool(
            own and told["is_side"] and told["may_publish"] and own.state == AgreementState.SIGNING
            and organisation.pk not in signed
        ),
        "sign": SignForm(initial={"version": own.version}) if own else None,
        "end": EndForm(initial={"version": own.version}) if own else None,
        "renew": RenewForm(initial={"version": own.version}) if own else None,
    }  # fmt: skip
    return render(request, "agreements/agreement.html", told)


@require_in_tandem("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_agreement(
    request: HttpRequest, *, organisation: Organisation, tandem: Tandem, agreement: int | None = None
) -> HttpResponse:
    """A draft: the template of its kind in the chosen language, to be changed freely."""
    own = _find(tandem, agreement) if agreement else Agreement(tandem=tandem)
    if agreement is None and Agreement.objects.filter(tandem=tandem).exclude(state=AgreementState.ENDED).exists():
        return redirect("tandem_agreement", organisation.pk, tandem.pk)
    form, themes = _make_forms(request, own, tandem=tandem)
    told = say_where(request, organisation=organisation, tandem=tandem) | {"form": form, "themes": themes, "agreement": own}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid() and all(theme.is_valid() for theme in themes):
        try:
            actions.keep_agreement(
                own, user=person_of(request), organisation=organisation, version=form.cleaned_data["version"],
                values=form.values, themes=[theme.values for theme in themes if theme.values.get("title")],
            )  # fmt: skip
        except actions.ChangedMeanwhile as meanwhile:
            status, told["conflict"] = 409, meanwhile.now
            form.data = {**request.POST.dict(), "version": getattr(meanwhile.now, "version", 0)}
        except actions.NotAllowedNow:
            messages.error(request, str(word("web.agreement.not_now")))
            return redirect("tandem_agreement", organisation.pk, tandem.pk)
        else:
            messages.success(request, str(word("web.agreement.kept")))
            return redirect("tandem_agreement", organisation.pk, tandem.pk)
    return render(request, "agreements/write.html", told, status=status)


@require_in_tandem("organisation.edit")
@require_POST
def move_agreement(
    request: HttpRequest, *, organisation: Organisation, tandem: Tandem, agreement: int, step: str
) -> HttpResponse:
    """Fix the words so that all can sign, take them back, end the agreement, or renew it."""
    own, person = _find(tandem, agreement), person_of(request)
    who: dict[str, Any] = {"user": person, "organisation": organisation}
    try:
        if step in STEPS:
            STEPS[step](own, version=_version(request), **who)
        elif step == "end" and (end := EndForm(request.POST)).is_valid():
            values = end.cleaned_data
            actions.end_agreement(own, version=values["version"], because=values["because"], **who)
        elif step == "renew" and (renew := RenewForm(request.POST)).is_valid():
            actions.renew(own, starts=renew.cleaned_data["starts"], ends=renew.cleaned_data["ends"], **who)
        elif step in {"end", "renew"}:
            messages.error(request, str(word("web.agreement.incomplete")))
            return redirect("tandem_agreement", organisation.pk, tandem.pk)
        else:
            raise Http404
        messages.success(request, str(word(f"web.agreement.told.{step.replace('-', '_')}")))
    except actions.ChangedMeanwhile:
        messages.error(request, str(word("web.work.changed_meanwhile")))
    except actions.NotAllowedNow:
        messages.error(request, str(word("web.agreement.not_now")))
    return redirect("tandem_agreement", organisation.pk, tandem.pk)


@require_in_tandem("organisation.publish", sides_only=True)
@require_POST
def sign_agreement(request: HttpRequest, *, organisation: Organisation, tandem: Tandem, agreement: int) -> HttpResponse:
    """Note that this side has signed, by whom and when."""
    own, form = _find(tandem, agreement), SignForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(word("web.agreement.incomplete")))
        return redirect("tandem_agreement", organisation.pk, tandem.pk)
    try:
        actions.sign(own, user=person_of(request), organisation=organisation, **form.cleaned_data)
        messages.success(request, str(word("web.agreement.told.sign")))
    except actions.ChangedMeanwhile:
        messages.error(request, str(word("web.work.changed_meanwhile")))
    except actions.NotAllowedNow:
        messages.error(request, str(word("web.agreement.not_now")))
    return redirect("tandem_agreement", organisation.pk, tandem.pk)


@require_in_tandem("organisation.view")
@require_GET
def print_agreement(request: HttpRequest, *, tandem: Tandem, agreement: int, **_: Any) -> HttpResponse:  # noqa: ARG001 - the gate has read it
    """The agreement on paper, to be signed by hand, in its own language."""
    own = _find(tandem, agreement)
    answer = HttpResponse(write_agreement_paper(own), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="agreement-{own.pk}.pdf"'
    return answer


def _find(tandem: Tandem, number: int) -> Agreement:
    return get_object_or_404(Agreement.objects.prefetch_related("themes"), pk=number, tandem=tandem)


def _version(request: HttpRequest) -> int:
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else -1


def _make_forms(request: HttpRequest, own: Agreement, *, tandem: Tandem) -> tuple[AgreementForm, list[ThemeForm]]:
    """The form of the words and one per theme; a new draft starts from the template and the reason card."""
    if own.pk:
        start = {name: getattr(own, name) for name in NAMES}
        themes = [{name: getattr(theme, name) for name in THEME} for theme in own.themes.all()]
    else:
        start, themes = draft_agreement(tandem, kind=request.GET.get("kind", ""), speech=current_speech())
    themes = [*themes, *({} for _ in range(actions.MOST_THEMES - len(themes)))][: actions.MOST_THEMES]
    form = AgreementForm(request.POST or None, initial=start, tandem=tandem)
    parts = [
        ThemeForm(request.POST or None, initial=theme, tandem=tandem, prefix=f"theme-{number}")
        for number, theme in enumerate(themes, start=1)
    ]
    for part in parts:
        part.fields["version"].required = False
    return form, parts

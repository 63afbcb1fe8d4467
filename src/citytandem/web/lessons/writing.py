"""One way to answer a form: send it back with what is wrong, or with what somebody else wrote meanwhile, or keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render

from citytandem.web.lessons.actions import ChangedMeanwhile, NotAllowedNow
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation


def answer_form(
    request: HttpRequest, form: VersionForm, *, page: str, told: Mapping[str, Any], keep: Callable[[int], Any],
    go: Callable[[Any], str], is_valid: Callable[[], bool] | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of a form, or the way on once ``keep`` has kept it; ``keep`` gets the version the form was made from."""
    more: dict[str, Any] = {**told, "form": form}
    if request.method != "POST":
        return render(request, page, more)
    if not (is_valid or form.is_valid)():
        return render(request, page, more, status=422)
    try:
        kept = keep(form.cleaned_data["version"])
    except ChangedMeanwhile as meanwhile:
        form.data = {**_plain(request), "version": getattr(meanwhile.now, "version", 0)}
        return render(request, page, more | {"conflict": meanwhile.now or True}, status=409)
    except NotAllowedNow:
        messages.error(request, str(word("web.lesson.not_now")))
        return render(request, page, more, status=409)
    messages.success(request, str(word("web.lesson.kept")))
    return redirect(go(kept))


def answer_step(request: HttpRequest, *, step: Callable[[int], Any], said: str) -> bool:
    """Take one step on a row, such as publishing it, and say how it went."""
    form = VersionForm(request.POST)
    try:
        step(form.cleaned_data["version"] if form.is_valid() else -1)
    except ChangedMeanwhile:
        messages.error(request, str(word("web.lesson.changed_meanwhile")))
    except NotAllowedNow:
        messages.error(request, str(word("web.lesson.not_now")))
    else:
        messages.success(request, str(word(said)))
        return True
    return False


def say_rights(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """The organisation of a page, and what this person may do for it."""
    may = {f"may_{name}": request.user.has_perm(f"organisation.{name}", organisation) for name in ("edit", "publish")}
    return {"organisation": organisation, **may}


def _plain(request: HttpRequest) -> Any:
    """What was sent, changeable and with every choice of a field."""
    sent = request.POST.copy()
    return {name: values if len(values) > 1 else values[0] for name, values in sent.lists() if values}

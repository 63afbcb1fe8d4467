"""Whether I want letters about what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from citytandem.web.accounts.access import person_of
from citytandem.web.profiles import actions
from citytandem.web.profiles.forms import ReminderForm
from citytandem.web.profiles.models import ReminderChoice
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_http_methods(["GET", "POST"])
def show_reminders(request: HttpRequest) -> HttpResponse:
    """The one choice there is."""
    person = person_of(request)
    choice = ReminderChoice.objects.filter(user=person).first()
    form = ReminderForm(request.POST or None, initial={"wanted": choice.wanted if choice else True})
    if request.method == "POST":
        actions.choose_reminders(user=person, wanted="wanted" in request.POST)
        messages.success(request, str(word("web.told.saved")))
        return redirect("reminders")
    return render(request, "profiles/reminders.html", {"form": form})

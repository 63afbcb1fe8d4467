"""My tokens: which there are, a new one, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.api.forms import TokenForm
from citytandem.web.api.models import Token
from citytandem.web.api.tokens import AT_MOST, Scope, make_token, revoke_token
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@never_cache
def show_tokens(request: HttpRequest) -> HttpResponse:
    """My tokens, without their text."""
    tokens = Token.objects.filter(user=person_of(request))
    return render(request, "api/tokens.html", {"tokens": tokens, "now": timezone.now()})


@login_required
@never_cache
@reauthentication_required
def make_my_token(request: HttpRequest) -> HttpResponse:
    """A form for a new token; its answer is the only page that ever shows it."""
    person = person_of(request)
    if Token.objects.filter(user=person).count() >= AT_MOST:
        messages.error(request, str(word("web.tokens.too_many", count=AT_MOST)))
        return redirect("tokens")
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        scopes = [Scope(scope) for scope in form.cleaned_data["scopes"]]
        token, text = make_token(user=person, name=form.cleaned_data["name"], scopes=scopes, days=form.cleaned_data["days"])
        return render(request, "api/token_made.html", {"token": token, "text": text})
    return render(request, "api/token_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke_my_token(request: HttpRequest, *, token: int) -> HttpResponse:
    """Take one of my tokens back."""
    person = person_of(request)
    revoke_token(token=get_object_or_404(Token, pk=token, user=person), by=person)
    messages.success(request, str(word("web.tokens.revoked")))
    return redirect("tokens")

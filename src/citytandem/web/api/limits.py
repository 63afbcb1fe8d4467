"""How much may one client ask? A count by token, or by address for those without one, in windows of a minute."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.web.api.models import Token

WINDOW_SECONDS = 60


def count_request(request: HttpRequest, token: Token | None) -> None:
    """Count one request.

    The count is kept in the cache of the site, whose processes share it; two requests in the same moment may count as
    one, which is no harm. Addresses are kept as a keyed hash only.

    Raises
    ------
    CannotCompute
        API_TOO_MANY_REQUESTS with the seconds until the next window.
    """
    limit = settings.API_REQUESTS_PER_MINUTE_WITH_TOKEN if token else settings.API_REQUESTS_PER_MINUTE
    key = f"api-limit:token:{token.pk}" if token else f"api-limit:address:{_hide(address_of(request))}"
    now = time.time()
    window, used = cache.get(key) or (0, 0)
    used = used + 1 if window == int(now // WINDOW_SECONDS) else 1
    if used > limit:
        facts = {"limit": limit, "seconds": max(1, int(WINDOW_SECONDS - now % WINDOW_SECONDS))}
        raise CannotCompute(Finding(Code.API_TOO_MANY_REQUESTS, facts))
    cache.set(key, (int(now // WINDOW_SECONDS), used), 2 * WINDOW_SECONDS)


def address_of(request: HttpRequest) -> str:
    """The address of a client; behind proxies of ours, the one the outermost of them saw."""
    return str(get_adapter().get_client_ip(request))


def _hide(address: str) -> str:
    return salted_hmac("citytandem.api.limits", address).hexdigest()

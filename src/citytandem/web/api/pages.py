"""The page about the interface, made from its own description, so that it lists what there is and nothing else."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse

from citytandem.atlas import load
from citytandem.web.api.examples import EXAMPLES
from citytandem.web.api.urls import api, operations_of
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CITY = "DE-08221000"


def show_interface(request: HttpRequest) -> HttpResponse:
    """What programs can ask, open to everybody."""
    root = reverse("api:api-root")
    told = [_tell(address, operation) for address, operation in operations_of(api.get_openapi_schema(path_prefix=root))]
    groups = [(f"api.page.group.{tag}", list(routes)) for tag, routes in groupby(told, key=lambda route: route["tag"])]
    site = f"{request.scheme}://{request.get_host()}"
    values = {
        "groups": groups,
        "root": root,
        "openapi": reverse("api:openapi-json"),
        "example_ask": f"curl {site}{root}cities/{CITY}/benchmark",
        "example_load": f'import citytandem as ct\natlas = ct.load("{site}{root}releases/{load().descriptor["name"]}/")',
        "anonymous": settings.API_REQUESTS_PER_MINUTE,
        "token": settings.API_REQUESTS_PER_MINUTE_WITH_TOKEN,
    }
    return render(request, "api/interface.html", values)


def _tell(address: str, operation: dict[str, Any]) -> dict[str, Any]:
    speech = current_speech()
    return {
        "tag": operation["tags"][0],
        "id": operation["operationId"].replace("_", "-"),
        "address": address,
        "method": "POST" if "requestBody" in operation else "GET",
        "example": EXAMPLES.get(operation["operationId"], ""),
        "summary": speech.translate(operation["summary"]),
        "names": ", ".join(one["name"] for one in operation["parameters"]),
        "parameters": [(one["name"], speech.translate(one["description"])) for one in operation["parameters"]],
    }

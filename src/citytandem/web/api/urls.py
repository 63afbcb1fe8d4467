"""The REST interface: what the pages say, for programs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import ValidationError

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.web.api import buildings, cases, cities, drafts, events, facts, frameworks, pilots, questions, regions, releases
from citytandem.web.api.answers import TYPES, refuse
from citytandem.web.api.examples import add_examples
from citytandem.words import Speech

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

BEARER = {"token": {"type": "http", "scheme": "bearer", "description": Speech("en").label("api.token")}}


class Interface(NinjaAPI):
    """The interface with what its description says beyond its routes: forms of tables, and tokens."""

    def get_openapi_schema(self, **asked: Any) -> Any:
        """The description, made once for each place the interface stands at."""
        return _describe_once(self, asked.get("path_prefix") or self.get_root_path({}))

    def describe(self, prefix: str) -> Any:
        """The description as of now."""
        told = super().get_openapi_schema(path_prefix=prefix)
        for address, operation in operations_of(told):
            _add_forms(operation)
            add_examples(operation, address=address)
            writes = "drafts" in operation["tags"]
            operation["security"] = [{"token": []}] if writes else [{}, {"token": []}]
        told["components"]["securitySchemes"] = BEARER
        told["servers"] = [{"url": "/"}]
        return told


@cache
def _describe_once(interface: Interface, prefix: str) -> Any:
    return interface.describe(prefix)


def operations_of(told: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address of a description with each of its operations."""
    for address, methods in told["paths"].items():
        for operation in methods.values():
            yield address, operation


def _add_forms(operation: dict[str, Any]) -> None:
    if any(one["name"] == "format" for one in operation["parameters"]):
        content = operation["responses"][200]["content"]
        content |= {TYPES[form]: {"schema": {"type": "string", "format": "binary"}} for form in ("csv", "parquet")}


api = Interface(
    title="CityTandem",
    version="1",
    description=Speech("en").label("api.description"),
    urls_namespace="api",
    docs_url=None,
    openapi_extra={"info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}},
)
ROOMS = (cities, questions, frameworks, regions, cases, pilots, buildings, releases, facts, events, drafts)
for room in ROOMS:
    api.add_router("", room.router)


@api.exception_handler(CannotCompute)
def tell_refusal(request: HttpRequest, problem: CannotCompute) -> HttpResponse:  # noqa: ARG001 - the form of the interface
    """A question without an honest answer: why, and what would cure it."""
    return refuse([problem.finding])


@api.exception_handler(ValidationError)
def tell_misfit(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """Values that fit no parameter, each with its name."""
    findings = []
    for one in problem.errors:
        name = next((str(part) for part in reversed(one["loc"]) if isinstance(part, str) and part != "asked"), "?")
        given = ", ".join(request.GET.getlist(name))[:80]
        findings.append(Finding(Code.API_PARAMETER_INVALID, {"asked": given, "option": name}))
    return refuse(findings)


@api.exception_handler(Http404)
def tell_nothing_here(request: HttpRequest, problem: Http404) -> HttpResponse:  # noqa: ARG001 - the same
    """Nothing that this person may know of."""
    return refuse([Finding(Code.API_NOTHING_HERE, {"address": request.path[:120]})])

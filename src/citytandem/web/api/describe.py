"""How an address is told in the description of the interface: its words, its answer, and every state it can end in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citytandem.web.api import shapes
from citytandem.web.api.answers import TYPES
from citytandem.words import Speech

if TYPE_CHECKING:
    from pydantic import BaseModel

READING = (401, 404, 422, 429)
WRITING = (401, 403, 404, 413, 422, 429)


def described(name: str, answer: type[BaseModel]) -> dict[str, Any]:
    """Keywords for the router: the name of the question, its words, and the model of each of its answers."""
    responses: dict[int, Any] = {200: answer, 304: None} | dict.fromkeys(READING, shapes.Refusal)
    return {"operation_id": name, "summary": Speech("en").label(f"api.route.{name}"), "response": responses}


def described_file(name: str, form: str) -> dict[str, Any]:
    """The same for an address that gives a file."""
    responses: dict[int, Any] = {200: None, 304: None} | dict.fromkeys(READING, shapes.Refusal)
    kind = {"type": "object"} if form == "json" else {"type": "string", "format": "binary"}
    content = {"responses": {200: {"content": {TYPES[form]: {"schema": kind}}}}}
    return {
        "operation_id": name,
        "summary": Speech("en").label(f"api.route.{name}"),
        "response": responses,
        "openapi_extra": content,
    }


def described_writing(name: str, answer: type[BaseModel], *, done: int = 201) -> dict[str, Any]:
    """The same for an address that changes something, or shows what is not for everybody."""
    responses: dict[int, Any] = {done: answer} | dict.fromkeys(WRITING, shapes.Refusal)
    return {"operation_id": name, "summary": Speech("en").label(f"api.route.{name}"), "response": responses}

"""What does an XML file from outside hold? Its elements, without entities, document types or more than the limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from citytandem.findings import Code, Finding
from citytandem.sources import guard

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES, MOST_ELEMENTS, DEEPEST = 32 * 2**20, 400_000, 100


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its name without namespace, its attributes, its own text, and the elements in it."""

    name: str
    attributes: dict[str, str]
    text: str
    children: tuple[Element, ...]

    def find_all(self, *path: str) -> Iterator[Element]:
        """The elements down a path of names."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.name == path[0]:
                yield from child.find_all(*path[1:])

    def find(self, *path: str) -> Element | None:
        """The first element down a path of names."""
        return next(self.find_all(*path), None)

    def say(self, *path: str) -> str | None:
        """The text down a path; None where it is missing or empty."""
        found = self.find(*path)
        return (found.text.strip() or None) if found else None

    def walk(self, name: str) -> Iterator[Element]:
        """Every element of a name, at any depth."""
        waiting = [self]
        while waiting:
            here = waiting.pop()
            if here.name == name:
                yield here
            waiting.extend(reversed(here.children))


class _Refused(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding.code))
        self.finding = finding


def read_markup(raw: bytes, *, where: str) -> tuple[Element | None, list[Finding]]:
    """Read XML into elements.

    Document types, and with them every entity, are refused before anything is expanded; so are files that are too
    large, too deep, or have too many elements.

    Returns
    -------
    The root, None if it was refused, and why.
    """
    if len(raw) > MOST_BYTES:
        return None, [guard.too_large(where, part="file", size=len(raw), limit=MOST_BYTES)]
    content, findings = guard.unpack(raw, where=where)
    if len(content) > MOST_BYTES:
        return None, [guard.too_large(where, part="unpacked content", size=len(content), limit=MOST_BYTES)]
    if not content:
        return None, findings or [guard.unreadable(where, problem="the file is empty")]
    try:
        root = _parse(content, where=where)
    except _Refused as refused:
        return None, [*findings, refused.finding]
    except (expat.ExpatError, ValueError, LookupError) as error:
        return None, [*findings, guard.unreadable(where, problem=str(error))]
    return root, findings


def _parse(content: bytes, *, where: str) -> Element | None:
    """Build elements as their ends are met; the parser is stopped at the first thing that is not allowed."""
    waiting: list[tuple[str, dict[str, str], list[str], list[Element]]] = []
    done: list[Element] = []
    met = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal met
        met += 1
        if met > MOST_ELEMENTS:
            raise _Refused(guard.too_large(where, part="elements", size=met, limit=MOST_ELEMENTS))
        if len(waiting) >= DEEPEST:
            raise _Refused(guard.too_large(where, part="depth", size=len(waiting) + 1, limit=DEEPEST))
        waiting.append((name.rpartition(":")[2], attributes, [], []))

    def end(_: str) -> None:
        name, attributes, text, children = waiting.pop()
        (waiting[-1][3] if waiting else done).append(Element(name, attributes, "".join(text), tuple(children)))

    def hear(text: str) -> None:
        waiting[-1][2].append(text)

    def refuse(*_: object) -> None:
        raise _Refused(Finding(Code.MARKUP_UNSAFE, {"file": where}, where=where))

    parser: Any = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = hear
    parser.Parse(content, True)
    return done[0] if done else None

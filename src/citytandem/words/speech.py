"""Says codes, keys and numbers in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from citytandem.findings import Fact, Finding
from citytandem.words.catalogue import Language, translations
from citytandem.words.labels import LABELS
from citytandem.words.sentences import SENTENCES


@dataclass(frozen=True)
class Speech:
    """One language, and how it writes sentences, labels and numbers."""

    language: Language = "en"

    def say(self, finding: Finding) -> str:
        """The sentence for a finding."""
        facts = {"row": finding.row, "where": finding.where, **finding.facts}
        return self.fill(SENTENCES[finding.code], facts)

    def label(self, key: str) -> str:
        """The label for a key such as ``sector.households``."""
        return self.translate(LABELS[key])

    def sentence(self, key: str, **facts: Fact) -> str:
        """The sentence kept as a label with named placeholders, filled with facts."""
        return self.fill(LABELS[key], facts)

    def fill(self, message: str, facts: Mapping[str, Fact]) -> str:
        """A message in this language with its placeholders filled; numbers in local form."""
        spoken = {name: self._fact(value) for name, value in facts.items()}
        return self.translate(message).format_map(_Facts(spoken))

    def translate(self, message: str) -> str:
        """A marked message in this language."""
        return translations(self.language).gettext(message)

    def join(self, words: Iterable[str]) -> str:
        """Words in a row, as this language writes a list; a dash for none.

        >>> Speech("de").join(["Aarhus", "Odense", "Esbjerg"]), Speech("ja").join(["横浜市", "京都市"])
        ('Aarhus, Odense und Esbjerg', '横浜市、京都市')
        """
        from babel.lists import format_list  # slow import

        return format_list(list(words), locale=self.language.replace("-", "_")) or "–"

    def number(self, value: float | None, *, digits: int = 1) -> str:
        """A number with fixed decimals in local form; a dash for unknown."""
        if value is None:
            return "–"
        return self.localise(f"{value:,.{digits}f}")

    def localise(self, text: str) -> str:
        """A number written as 1,234.5, as this language writes it."""
        return text.translate(self._swap) if self._swap else text

    def percent(self, share: float | None, *, digits: int = 0) -> str:
        """A share of one as per cent in local form: 0.07 is 7 %."""
        if share is None:
            return "–"
        gap = "" if self.language in {"en", "ja", "zh-Hans"} else "\u00a0"
        return f"{self.number(share * 100, digits=digits)}{gap}%"

    @cached_property
    def _swap(self) -> dict[int, str] | None:
        """German and Danish write 1.234,5 where the others write 1,234.5."""
        return {ord(","): ".", ord("."): ","} if self.language in {"de", "da"} else None

    def _fact(self, value: Fact) -> str:
        if value is None:
            return "–"
        if isinstance(value, float):
            # an amount in whole tonnes or MWh has no decimals; 4.0 t per head has
            whole = value.is_integer() and (value == 0 or abs(value) >= 100)
            return self.number(value, digits=0 if whole else 1 if abs(value) >= 1 else 2)
        return str(value)


class _Facts(dict[str, str]):
    """Facts of a sentence; one that was forgotten is shown as unknown rather than stopping the person."""

    def __missing__(self, name: str) -> str:
        return "–"

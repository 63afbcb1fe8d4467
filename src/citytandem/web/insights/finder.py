"""Which city does somebody mean who types a few letters, in any language and script, with or without a slip?"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.atlas import once_per_atlas
from citytandem.gazetteer import find_by_code, fold, list_names
from citytandem.web.insights.directory import list_cities, rows_of_cities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from citytandem.atlas import Atlas

# One character of a place name as Japan, China and the tradition write it; all are found by each.
VARIANTS = (
    "浜濱滨 広廣广 島嶋岛 沢澤泽 関關关 東东 龍竜龙 県縣县 豊豐丰 塩鹽盐 鉄鐵铁 桜櫻樱 恵惠 弁辨 辺邊边 条條条 覇霸 "
    "瀬瀨濑 滝瀧泷 礒磯矶 長长 門门 陽阳 陰阴 銀银 錦锦 鎮镇 鎌镰 鳥鸟 鹿鹿 黒黑 齢龄 斉齊齐 横橫 児兒儿 岡冈 崗岗 川川 "
    "倉仓 伝傳传 会會会 国國国 園园 団團团 囲圍围 図圖图 堺堺 寧宁 実實实 宮宫 対對对 尾尾 峡峽峡 峰峯 帯帶带 彦彥 応應应 "
    "戸戶户 拝拜 掛挂 揚扬 昭昭 晋晉 栄榮荣 楡榆 楽樂乐 槙槇 様樣样 権權权 気氣气 湯汤 満滿满 漢汉 済濟济 温溫 湾灣湾 "
    "温溫 潟泻 焼燒烧 献獻 狭狹狭 瓊琼 産产 畑畠 登登 発發发 県縣 稲稻 穂穗 紀纪 総總总 緑綠绿 縄繩绳 繁繁 聖圣 興兴 芸藝艺 "
    "荘莊庄 華华 蔵藏 藤藤 蘇苏 蘭兰 蘆芦 衛衞卫 豬猪 貝贝 賀贺 連连 遠远 遼辽 邱丘 郷鄉乡 鄭郑 酔醉 釜釜 釧钏 鋼钢 青靑 "
    "静靜 韓韩 順顺 須须 頭头 額额 顔颜 風风 飯饭 駅驛驿 駒驹 験驗验 髙高 魚鱼 鮮鲜 鴨鸭 鶴鹤 鷹鹰 麗丽 麦麥 塚冢 渋澁 真眞 "
    "並竝并"
)
SHORT = 2
"""Fewer letters than this of an alphabet are only looked for where names begin."""
MOST_MET = 4_000
MOST_MEANT = 5
NEAREST = 20
SLIPS = ((9, 3), (5, 2), (3, 1))
"""From so many letters on, so many slips are forgiven."""


def _table() -> dict[int, str]:
    groups = [group for group in VARIANTS.split() if len(set(group)) > 1]
    return {ord(form): group[0] for group in groups for form in group[1:] if form != group[0]}


_TO_ONE_FORM = _table()


@dataclass(frozen=True)
class Found:
    """Cities by id: those called exactly so, those whose name holds it, and those that may be meant after a slip."""

    exact: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    more: int = 0
    meant: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many cities hold it in a name."""
        return len(self.exact) + len(self.within) + self.more

    @property
    def shown(self) -> tuple[str, ...]:
        """Those that are listed."""
        return self.exact + self.within


@dataclass(frozen=True)
class Part:
    """Many names in one text, a line each, with where the lines start and which cities bear them; and the same by length."""

    text: str
    starts: Sequence[int]
    bearers: Sequence[Sequence[str]]
    by_length: Mapping[int, tuple[Sequence[str], Sequence[Sequence[str]]]]


@dataclass(frozen=True)
class Index:
    """Names in plain letters, and names with any other; few letters are quick to look through."""

    plain: Part
    wide: Part


def unite(text: str) -> str:
    """A name as it is looked for: folded, and with one form of each character.

    >>> unite("横濱") == unite("横滨") == unite("横浜"), unite("KØBENHAVN")
    (True, 'kobenhavn')
    """
    return " ".join(fold(text).translate(_TO_ONE_FORM).split())


def find(atlas: Atlas, text: str, *, limit: int) -> Found:
    """Cities by a name or part of one.

    Parameters
    ----------
    atlas
        The release.
    text
        What was typed.
    limit
        At most this many are listed. Those called exactly so go first, then names that begin so; where there are more,
        those of which a balance is known, then the more populous ones. The list itself is alphabetical.
    """
    wanted = unite(text)
    coded = find_by_code(atlas, text.strip()) if text.strip() else None
    if coded or not wanted:
        return Found(exact=(coded,) if coded else ())
    whole = index_names(atlas)
    index = whole.plain if wanted.isascii() else whole.wide
    exact, begins, holds = _met(index, wanted)
    alike = (begins | holds) - exact
    order = rows_of_cities(atlas)
    shown = sorted(exact, key=order.__getitem__)[:limit]
    own = list_cities(atlas)["key"]
    how = {city: 0 if own[order[city]].startswith(wanted) else 1 for city in begins}
    chosen = _choose(atlas, alike, begins=how, room=limit - len(shown))
    meant = () if exact or begins else tuple(_forgive(atlas, index, wanted))
    rest = len(exact) + len(alike) - len(shown) - len(chosen)
    return Found(exact=tuple(shown), within=tuple(chosen), more=rest, meant=meant)


@once_per_atlas()
def index_names(atlas: Atlas) -> Index:
    """The index of a release, made once; about 200 000 names. What lies over a release rarely brings new ones."""
    under = atlas.beneath
    if under is not None and (under.city.height, under.name.height) == (atlas.city.height, atlas.name.height):
        return index_names(under)
    names = list_names(atlas).select("city", pl.col("key").str.replace_all(r"\s+", " ").str.strip_chars())
    plain = names["key"].str.len_bytes() == names["key"].str.len_chars()
    united = pl.Series("key", [key.translate(_TO_ONE_FORM) for key in names.filter(~plain)["key"]], dtype=pl.String)
    return Index(_index(names.filter(plain)), _index(names.filter(~plain).with_columns(united)))


def _index(names: pl.DataFrame) -> Part:
    grouped = names.filter(pl.col("key") != "").group_by("key").agg(pl.col("city").unique(maintain_order=True)).sort("key")
    letters = pl.col("key").str.len_chars()
    starts = grouped.select(letters.add(1).cum_sum().shift(1, fill_value=0))["key"].to_list()
    alike = grouped.select(letters.alias("letters"), "key", "city").group_by("letters", maintain_order=True).agg("key", "city")
    by_length = {size: (keys, cities) for size, keys, cities in alike.iter_rows()}
    return Part("\n" + "\n".join(grouped["key"]) + "\n", starts, grouped["city"].to_list(), by_length)


def _met(index: Part, wanted: str) -> tuple[set[str], set[str], set[str]]:
    """Cities called so, cities with a name or a word of a name that begins so, cities with a name that holds it."""
    spellings = [wanted, *(wanted + suffix for suffix in "市町村区" if _is_han(wanted))]
    exact = {city for spelling in spellings for city in _bearers(index, f"\n{spelling}\n", shift=1)}
    begins = set(_bearers(index, f"\n{wanted}", shift=1))
    if len(wanted) < SHORT and not _is_han(wanted):
        return exact, begins, set()
    begins |= {city for mark in (" ", "-") for city in _bearers(index, f"{mark}{wanted}", shift=1)}
    return exact, begins, set(_bearers(index, wanted, shift=0))


def _bearers(index: Part, part: str, *, shift: int) -> Iterator[str]:
    at = index.text.find(part)
    for _ in range(MOST_MET):
        if at < 0:
            return
        number = bisect_right(index.starts, at - 1 + shift) - 1
        yield from index.bearers[number]
        at = index.text.find(part, at + 1)


def _is_han(text: str) -> bool:
    return any("\u3400" <= letter <= "\u9fff" for letter in text)


def _choose(atlas: Atlas, cities: set[str], *, begins: Mapping[str, int], room: int) -> list[str]:
    order, known = rows_of_cities(atlas), _known(atlas)
    first = sorted(cities, key=lambda city: (begins.get(city, 2), *known[order[city]], order[city]))[: max(room, 0)]
    return sorted(first, key=lambda city: (begins.get(city, 2), order[city]))


@once_per_atlas()
def _known(atlas: Atlas) -> list[tuple[bool, float]]:
    """For the choice of what is listed at all: is no balance known, and minus the people."""
    rows = list_cities(atlas).select("balances", "population").iter_rows()
    return [(not balances, -float(people or 0)) for balances, people in rows]


def _forgive(atlas: Atlas, index: Part, wanted: str) -> Sequence[str]:
    """Cities whose names differ from what was typed by a slip or two: fewest slips first."""
    from rapidfuzz import process  # slow import
    from rapidfuzz.distance import OSA  # slow import

    slips = next((slips for letters, slips in SLIPS if len(wanted) >= letters), 0)
    if not slips:
        return ()
    order, known = rows_of_cities(atlas), _known(atlas)
    apart: dict[str, int] = {}
    for length in range(len(wanted) - slips, len(wanted) + slips + 1):
        keys, bearers = index.by_length.get(length, ((), ()))
        for _, distance, place in process.extract(wanted, keys, scorer=OSA.distance, score_cutoff=slips, limit=NEAREST):
            for city in bearers[place]:
                apart[city] = min(int(distance), apart.get(city, slips))
    return sorted(apart, key=lambda city: (apart[city], *known[order[city]], order[city]))[:MOST_MEANT]

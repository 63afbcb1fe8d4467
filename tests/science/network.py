"""Small invented networks for the matching, and the best groups by trying everything."""

from itertools import combinations

import numpy as np
import polars as pl

from citytandem.science.partners.matching import MatchSettings, match, score_pairs

ENDS = ("participant", "other")
TEXTS = {"participant": pl.String, "other": pl.String, "kind": pl.String}


def candidates(count, *, capacity=1, country="DE", part="both"):
    keys = [f"p{number:03d}" for number in range(count)]
    each = {"capacity": capacity, "country": country, "part": part}
    columns = {name: list(value) if isinstance(value, list | tuple) else [value] * count for name, value in each.items()}
    return pl.DataFrame(
        {
            "participant": keys,
            "name": keys,
            "city": [None] * count,
            "actor": ["city"] * count,
            "languages": [["en"]] * count,
            "zone": [None] * count,
            **columns,
        },
        schema_overrides={"city": pl.String, "zone": pl.String, "capacity": pl.Int16},
    )


def gains(rows):
    """Learner, giver, gain: what is known for certain."""
    frame = pl.DataFrame(rows, schema={"learner": pl.String, "giver": pl.String, "gain_low": pl.Float64}, orient="row")
    return frame.with_columns(pl.col("gain_low").alias("gain_high"), pl.lit("P").alias("mark"))


def told(rows):
    """Participant, other, kind: wishes and vetoes, or pins and bans."""
    return pl.DataFrame(rows, schema=TEXTS, orient="row")


def bonds(rows):
    return pl.DataFrame(rows, schema={**TEXTS, "asleep": pl.Boolean}, orient="row")


def draw(seed, *, count, share=0.4, capacity=1, parts=("both",)):
    """A network drawn at random: some gains, wishes, vetoes, ties, two countries."""
    rng = np.random.default_rng(seed)
    people = candidates(
        count,
        capacity=[int(rng.integers(1, capacity + 1)) for _ in range(count)],
        country=[str(rng.choice(["DE", "JP"])) for _ in range(count)],
        part=[str(rng.choice(parts)) for _ in range(count)],
    )
    keys = people.get_column("participant").to_list()
    known = [(a, b, round(float(rng.uniform(0.01, 0.4)), 3)) for a in keys for b in keys if a != b and rng.random() < share]
    pairs = [pair for pair in combinations(keys, 2) if rng.random() < 0.2]
    asked = told([(*pair, str(rng.choice(["wish", "veto"]))) for pair in pairs])
    tied = bonds([(*pair, "friendship", bool(rng.random() < 0.6)) for pair in combinations(keys, 2) if rng.random() < 0.1])
    return people, score_pairs(people, gains(known), wishes=asked, bonds=tied)


def solve(people, pairs, *, rules=None, **settings):
    return match(people, pairs=pairs, rules=rules, settings=MatchSettings(**settings))


def reached(matched):
    """What a matching is judged by, most important first."""
    return matched.woken, matched.value


def try_all_pairs(people, pairs):
    """Woken ties, participants served by a known gain, points: the best of all sets of pairs, by trying each."""
    capacity = dict(people.select("participant", "capacity").iter_rows())
    real = (pl.col("gain_in_high").fill_null(0) > 0) | (pl.col("gain_out_high").fill_null(0) > 0)
    rows = pairs.filter(~pl.col("vetoed")).select(*ENDS, "asleep", real.alias("real"), "score").rows()

    def best(place, left, reached, served):
        if place == len(rows):
            return reached[0], len(served), reached[1]
        without = best(place + 1, left, reached, served)
        one, two, asleep, is_real, score = rows[place]
        if not left[one] or not left[two]:
            return without
        fewer = {**left, one: left[one] - 1, two: left[two] - 1}
        more = (reached[0] + asleep, reached[1] + score)
        return max(without, best(place + 1, fewer, more, served | {one, two} if is_real else served))

    return best(0, capacity, (0, 0), frozenset())


def try_all_groups(people, pairs, *, low, high):
    """Woken ties, members, points: the best of all ways to make groups, by trying each."""
    keys = people.get_column("participant").to_list()
    rows = {tuple(row[:2]): row[2:] for row in pairs.select(*ENDS, "vetoed", "asleep", "score").iter_rows()}

    def judge(members):
        inside = [rows.get(pair, (False, False, 0)) for pair in combinations(members, 2)]
        if any(vetoed for vetoed, _, _ in inside):
            return None
        linked = {end for pair in combinations(members, 2) if rows.get(pair, (0, 0, 0))[2] > 0 for end in pair}
        return (sum(row[1] for row in inside), len(members), sum(row[2] for row in inside)) if linked == set(members) else None

    def best(left):
        if not left:
            return (0, 0, 0)
        first, rest = left[0], left[1:]
        found = best(rest)
        for size in range(low, high + 1):
            for others in combinations(rest, size - 1):
                if (worth := judge((first, *others))) is not None:
                    more = best(tuple(key for key in rest if key not in others))
                    found = max(found, tuple(a + b for a, b in zip(worth, more, strict=True)))
        return found

    return best(tuple(keys))

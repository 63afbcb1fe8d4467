"""The main job as a good data scientist would write it in an afternoon, with pandas, NumPy and scikit-learn.

It does a part of what ours does: outcomes per head, peers, position and expected value of every city.
It has no gate, trend, drivers, role models, stability, intervals of values or findings.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.linear_model import RidgeCV
from sklearn.preprocessing import StandardScaler

TABLES = ("city", "structure", "balance", "line")
BUILDINGS = ["households", "services", "municipal", "buildings"]
STATIONARY = [*BUILDINGS, "industry_energy", "agriculture_energy", "services_and_industry", "stationary"]
CORE = [*STATIONARY, "heat_use", "electricity_use"]
TRANSPORT = ["road", "rail", "transport"]
WASTE = ["waste", "wastewater"]
BASES = ["municipality", "place", "urban_area", "state", "country"]
PENALTIES = [0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0]


def read(folder):
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    tables["structure"]["width"] = tables["structure"]["basis"].astype(str).map({name: at for at, name in enumerate(BASES)})
    return tables


def outcomes_per_head(tables):
    """A row per balance, a column per outcome, nan where a sector it needs is missing."""
    balance, line = tables["balance"], tables["line"].astype({"view": str, "sector": str})
    line = line[line["view"] != "carrier"]
    line = line[line.groupby(["balance", "view"])["emissions_t"].transform("count") > 0]
    order = line["view"].map({"sector": 0, "application": 1, "total": 2})
    chosen = line[order == order.groupby(line["balance"]).transform("min")]
    unknown = chosen.assign(unknown=chosen["emissions_t"].isna()).groupby(["balance", "sector"])["unknown"].any()
    sums = chosen.groupby(["balance", "sector"])["emissions_t"].sum()
    wide = sums.unstack().reindex(index=balance["balance"])
    for name in {*CORE, *TRANSPORT, *WASTE} - set(wide.columns):
        wide[name] = np.nan
    known = wide.notna() & (unknown.unstack().reindex(index=wide.index, columns=wide.columns) == False)  # noqa: E712
    split = ~known["services_and_industry"]
    homes = known["households"] | known["buildings"]
    services = (known["services"] & split) | known["buildings"]
    stationary = known["stationary"] | (homes & known["services_and_industry"])
    stationary |= (known["buildings"] | (known["households"] & known["services"])) & known["industry_energy"]
    energy = stationary | (known["heat_use"] & known["electricity_use"])
    transport = known["road"] | known["transport"]
    needs = {
        "households": (["households"], known["households"]),
        "buildings": (BUILDINGS, homes & services),
        "industry": (["industry_energy"], known["industry_energy"] & split),
        "stationary": (STATIONARY, stationary),
        "transport": (TRANSPORT, transport),
        "waste": (WASTE, known["waste"]),
        "core_no_industry": (BUILDINGS + TRANSPORT, homes & services & transport),
        "core": (CORE + TRANSPORT, energy & transport),
        "core_waste": (CORE + TRANSPORT + WASTE, energy & transport & known["waste"]),
    }
    people = populations(tables).reindex(wide.index)
    return pd.DataFrame({name: wide[parts].sum(axis=1).where(ok) / people for name, (parts, ok) in needs.items()})


def populations(tables):
    balance, structure = tables["balance"], tables["structure"]
    found = structure[(structure["variable"] == "population") & (structure["value"] >= 1)]
    both = balance[["balance", "city", "year"]].merge(found[["city", "year", "value", "width"]], on="city", suffixes=("", "_of"))
    both["gap"] = (both["year_of"].astype(int) - both["year"].astype(int)).abs()
    both = both[both["gap"] <= 10].sort_values(["balance", "width", "gap", "year_of"], ascending=[True, True, True, False])
    nearest = both.drop_duplicates("balance").set_index("balance")["value"]
    own = balance.set_index("balance")["population"]
    return own.fillna(nearest.reindex(own.index))


def spans(structure, kinds):
    """Distance between the 10th and 90th percentile of every numeric variable on its scale."""
    found = {}
    for name, kind in kinds.items():
        values = structure.loc[structure["variable"] == name, "value"].dropna().to_numpy()
        if kind == "log":
            values = np.log(values[values > 0])
        if kind != "category" and values.size:
            found[name] = np.subtract(*np.quantile(values, [0.9, 0.1])) or 1.0
    return found


def features(structure, *, cities, year, kinds, span):
    near = structure[structure["city"].isin(cities) & structure["variable"].isin(list(kinds))].copy()
    near["gap"], near["late"] = (near["year"].astype(int) - year).abs(), -near["year"].astype(int)
    near = near.astype({"variable": str}).sort_values(["city", "variable", "width", "gap", "late"])
    near = near.drop_duplicates(["city", "variable"])
    wide = near.pivot(index="city", columns="variable", values="value").reindex(index=cities)
    scaled = {}
    for name, kind in kinds.items():
        if kind == "category":
            scaled[name] = near[near["variable"] == name].set_index("city")["category"].reindex(cities).astype(object)
        elif name in wide and name in span:
            scaled[name] = (np.log(wide[name].where(wide[name] > 0)) if kind == "log" else wide[name]) / span[name]
    return pd.DataFrame(scaled, index=cities)


def gower(table, *, rows, weights):
    """Weighted mean unlikeness of some rows to all; an unknown value counts as the upper quartile of all pairs."""
    total, used = np.zeros((len(rows), len(table))), 0.0
    for name, weight in weights.items():
        if name not in table or table[name].notna().mean() < 0.5:
            continue
        column, used = table[name], used + weight
        if column.dtype == object:
            codes, letters = column.factorize()
            unlike = np.array([[0.0 if a == b else 0.5 if a[0] == b[0] else 1.0 for b in letters] for a in letters])
            numbers = np.where(codes < 0, np.nan, codes)
            apart = unlike[codes[rows][:, None], codes[None, :]]
        else:
            unlike, numbers = None, column.to_numpy()
            apart = np.minimum(np.abs(numbers[rows][:, None] - numbers[None, :]), 1.0)
        unknown = np.isnan(numbers[rows])[:, None] | np.isnan(numbers)
        total += weight * np.where(unknown, _fill(unlike, column, numbers), apart)
    return total / used


def _fill(unlike, column, numbers):
    if unlike is None:
        known = np.sort(numbers[~np.isnan(numbers)])
        grid = known[np.linspace(0, known.size - 1, 101).round().astype(int)]
        return np.quantile(np.minimum(np.abs(grid[:, None] - grid), 1.0), 0.75)
    known = np.sort(column.dropna().to_numpy(dtype=str))
    grid = known[np.linspace(0, known.size - 1, 101).round().astype(int)]
    return np.quantile([[0.0 if a == b else 0.5 if a[0] == b[0] else 1.0 for b in grid] for a in grid], 0.75)


def choose_peers(distance, *, own, cities, country, k=12, limit=5, cutoff=0.25):
    near = pd.DataFrame({"peer": cities, "country": country, "distance": distance})
    near = near[(near["peer"] != own) & (near["distance"] <= cutoff)].sort_values(["distance", "peer"])
    near["over"] = near.groupby("country").cumcount() >= limit
    return near.sort_values("over", kind="stable").head(k).sort_values(["distance", "peer"])


def quantiles(values, weights):
    order = np.argsort(values, kind="stable")
    share = weights[order] / weights.sum()
    return np.interp([0.1, 0.25, 0.5, 0.75, 0.9], np.cumsum(share) - 0.5 * share, values[order])


def expectations(table, *, values, country):
    """Leave-one-out expectation of each outcome from structure, by ridge regression."""
    numeric = table.select_dtypes("number").loc[:, lambda known: known.notna().mean() >= 0.5]
    dummies = pd.get_dummies(pd.Series(country, index=table.index)).loc[:, lambda seen: seen.sum() >= 5]
    letters = table.select_dtypes(object)
    parts = [
        numeric.fillna(numeric.mean()),
        numeric.isna(),
        dummies,
        *(pd.get_dummies(letters[name].str[:1]) for name in letters),
    ]
    design = StandardScaler().fit_transform(pd.concat(parts, axis=1).astype(float).to_numpy())
    found = pd.DataFrame(np.nan, index=table.index, columns=values.columns)
    for name in values:
        rows = np.flatnonzero((values[name] > 0).to_numpy())
        if rows.size >= 21:
            target = np.log(values[name].to_numpy()[rows])
            fit = RidgeCV(PENALTIES, store_cv_results=True).fit(design[rows], target)
            # the squared errors of each city when left out, at the penalty chosen
            best = fit.cv_results_[:, PENALTIES.index(fit.alpha_)]
            found.loc[found.index[rows], name] = np.exp(fit.predict(design[rows]))
            found.attrs[name] = 1 - best.sum() / np.square(target - target.mean()).sum()
    return found


def benchmark_cities(tables, cases, *, kinds, weights):
    """Outcomes of all balances, and for each (city, balance, year) its peers and their quantiles."""
    per_head = outcomes_per_head(tables)
    span = spans(tables["structure"], kinds)
    country_of = tables["city"].set_index("city")["country"]
    heads = tables["balance"][["balance", "city", "year"]].sort_values("balance").reset_index(drop=True)
    heads["full"] = per_head.notna().sum(axis=1).reindex(heads["balance"]).to_numpy()
    heads["empty"] = heads["full"] == 0
    peers, position, expected = {}, {}, {}
    for year, asked in pd.DataFrame(cases, columns=["city", "balance", "year"]).groupby("year"):
        near = heads.assign(gap=(heads["year"].astype(int) - year).abs()).query("gap <= 3")
        near = near.sort_values(["city", "empty", "gap", "full", "balance"], ascending=[True, True, True, False, True])
        near = near.drop_duplicates("city").set_index("city")
        cities = near.index.to_numpy()
        table = features(tables["structure"], cities=cities, year=int(year), kinds=kinds, span=span)
        country = country_of.reindex(cities).to_numpy()
        values = per_head.reindex(near["balance"]).set_axis(cities)
        expected[year] = expectations(table, values=values, country=country)
        rows = np.searchsorted(cities, asked["city"])
        for case, distance in zip(asked.itertuples(), gower(table, rows=rows, weights=weights), strict=True):
            found = choose_peers(distance, own=case.city, cities=cities, country=country)
            peers[case.city] = dict(zip(found["peer"], found["distance"], strict=True))
            similarity = np.exp(-0.5 * (found["distance"] / (found["distance"].median() or 1.0)) ** 2).to_numpy()
            for outcome, own in per_head.loc[case.balance].dropna().items():
                of_peers = values[outcome].reindex(found["peer"]).to_numpy()
                seen = ~np.isnan(of_peers)
                if seen.sum() >= 5:
                    position[case.city, outcome] = (own, int(seen.sum()), quantiles(of_peers[seen], similarity[seen]))
    return {"peers": peers, "position": position, "expected": expected}

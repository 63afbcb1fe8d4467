"""Activities times factors, added straight to their place in a dense table."""

from __future__ import annotations

import numba as nb
import numpy as np

from citytandem.science.kernels.compiled.lanes import FAST


@nb.njit(cache=True, nogil=True, error_model="numpy")
def add_rows(city, year, country, sector, carrier, amount, first_year, factor, known, rows, unknown, first, after_last, by_city):  # type: ignore[no-untyped-def]
    """Add the rows whose city code lies in ``first`` to ``after_last``; sorted rows are found by bisection."""
    start, stop = 0, city.size
    if by_city:
        start, stop = np.searchsorted(city, first), np.searchsorted(city, after_last)
    for row in range(start, stop):
        place = np.int64(city[row])
        if place < first or place >= after_last:
            continue
        when = np.int64(year[row]) - first_year
        what = np.int64(sector[row])
        energy = amount[row]
        emitted = energy * factor[country[row], when, carrier[row]] / 1000.0 if energy != 0.0 else 0.0
        rows[place, when, what] += 1
        if np.isfinite(emitted):
            known[place, when, what] += emitted
        else:
            unknown[place, when, what] += 1


@nb.njit(cache=True, nogil=True)
def list_filled(known, rows, unknown, places, first, after_last, out):  # type: ignore[no-untyped-def]
    """Write the filled places of some cities one below the other, from ``places[first]`` on."""
    city_of, year_of, sector_of, known_t, counted, missing = out
    for city in range(first, after_last):
        at = places[city]
        for year in range(rows.shape[1]):
            for sector in range(rows.shape[2]):
                if rows[city, year, sector]:
                    city_of[at] = city
                    year_of[at] = year
                    sector_of[at] = sector
                    known_t[at] = known[city, year, sector]
                    counted[at] = rows[city, year, sector]
                    missing[at] = unknown[city, year, sector]
                    at += 1


@nb.njit(cache=True, nogil=True)
def price_cells(amount, carrier, start, factor_row, factor, gaps, with_energy, without, known, unknown, first, after_last):  # type: ignore[no-untyped-def]
    """Price the cells of groups ``first`` to ``after_last``; carriers with ``gaps`` have a factor of zero and are counted."""
    for group in range(first, after_last):
        row = factor_row[group]
        total, missing = 0.0, np.int64(without[group])
        for cell in range(start[group], start[group + 1]):
            total += amount[cell] * factor[row, carrier[cell]]
        if gaps[row, gaps.shape[1] - 1]:
            for cell in range(start[group], start[group + 1]):
                if gaps[row, carrier[cell]]:
                    missing += with_energy[cell]
        known[group], unknown[group] = total / 1000.0, missing


@nb.njit(cache=True, nogil=True, fastmath=FAST)
def price_table(amount, start, factor_row, factor, gaps, with_energy, known, unknown, first, after_last):  # type: ignore[no-untyped-def]
    """The same where every group has a place for every carrier; a run of groups shares its factors; gaps add to ``unknown``."""
    columns = amount.shape[1]
    for run in range(first, after_last):
        prices, gap = factor[factor_row[run]], gaps[factor_row[run]]
        for group in range(start[run], start[run + 1]):
            cells, total = amount[group], 0.0
            for column in range(columns):
                total += cells[column] * prices[column]
            known[group] = total / 1000.0
        if gap[columns]:
            for column in range(columns):
                if gap[column]:
                    for group in range(start[run], start[run + 1]):
                        unknown[group] += with_energy[group, column]

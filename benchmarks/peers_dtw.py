"""The nearest windows by aeon, in a process of its own: aeon needs an older numba and NumPy than the house.

Run by ``benchmarks/analogues.py`` with the Python of an environment that holds aeon. Reads arrays, waits for words on its
standard input, and answers with the nearest windows: ``all`` cuts the windows anew, any other word takes them as they are.
"""

import json
import sys

import numpy as np
from aeon.distances import pairwise_distance


def cut_windows(library, size):
    """All windows of all paths as (windows, indicators, years), each indicator less its mean."""
    views = np.lib.stride_tricks.sliding_window_view(library, size, axis=2).transpose(0, 2, 1, 3)
    windows = views.reshape(-1, library.shape[1], size)
    return windows - windows.mean(axis=2, keepdims=True)


def main():
    with np.load(sys.argv[1]) as given:
        library, query, k, band = given["library"], given["query"], int(given["k"]), int(given["band"])
    size = query.shape[1]
    asked = (query - query.mean(axis=1, keepdims=True))[None]
    # a fraction of the length, a little above so that rounding keeps the band
    share = (band + 1e-6) / size
    windows = cut_windows(library, size)
    for word in sys.stdin:
        if word.strip() == "all":
            windows = cut_windows(library, size)
        squares = pairwise_distance(windows, asked, method="dtw", window=share, n_jobs=2)[:, 0]
        nearest = np.argpartition(squares, k)[:k]
        order = nearest[np.argsort(squares[nearest])]
        answer = {"windows": order.tolist(), "distances": np.sqrt(squares[order]).tolist()}
        print(json.dumps(answer), flush=True)


main()

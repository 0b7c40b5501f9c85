"""Sweep over layers and tally what differs: `python -m tests.worker.sweep 150 7 Conv2D LSTM`, cases a layer, a seed.

`--operations` sweeps over these instead; `--strict` shows what is refused although it runs.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from engine.catalogue import catalogue
from tests.worker.sweep.pair import Pair
from tests.worker.sweep.sweeping import swept


def _main(count: int, number: int, names: list[str], *, strictly: bool) -> None:
    pair, began, total, distinct = Pair(), time.monotonic(), Counter[str](), 0
    for layer in names:
        found = swept(pair, layer, count, number)
        total += found.kinds
        distinct += found.distinct
        print(f"{layer}: {found.distinct} unlike, {dict(found.kinds)}, {time.monotonic() - began:.0f} s")
        for word, case in found.strict.items() if strictly else ():
            print(f"    {word!r}: {case}")
        print(found.told, end="\n" if found.found else "", flush=True)
    took = time.monotonic() - began
    print(f"{distinct} unlike cases of {total.total()}: {dict(total)}, {took:.0f} s, seed {number}")
    pair.end()


def _chosen(words: list[str]) -> list[str]:
    """The layers that are named; where none is, all, or all operations."""
    layers = catalogue().layers
    all_of_them = [name for name, spec in layers.items() if spec.operation == ("--operations" in words)]
    return [word for word in words if word in layers] or all_of_them


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count, number = numbers + [150, 1][len(numbers) :]
    _main(count, number, _chosen(sys.argv[1:]), strictly="--strict" in sys.argv)

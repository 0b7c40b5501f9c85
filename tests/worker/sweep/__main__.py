"""Sweep over layers and tally what differs: `python -m tests.worker.sweep 150 7 Conv2D LSTM`, cases a layer, a seed."""

from __future__ import annotations

import sys
import time
from collections import Counter

from engine.catalogue import catalogue
from tests.worker.sweep.pair import Pair
from tests.worker.sweep.sweeping import swept


def _main(count: int, number: int, layers: list[str]) -> None:
    pair, began, total = Pair(), time.monotonic(), Counter[str]()
    for layer in layers:
        found = swept(pair, layer, count, number)
        total += found.kinds
        print(f"{layer}: {dict(found.kinds)} {time.monotonic() - began:.0f} s\n{found.told}".rstrip(), flush=True)
    print(f"{total.total()} cases: {dict(total)}, {time.monotonic() - began:.0f} s, seed {number}")
    pair.end()


#: Operations have a table of their own.
LAYERS = [name for name, spec in catalogue().layers.items() if not spec.operation]

if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    names = [word for word in sys.argv[1:] if not word.isdigit()]
    _main(*(numbers + [150, 1][len(numbers) :]), names or LAYERS)  # type: ignore[call-arg, arg-type]

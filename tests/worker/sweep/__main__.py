"""Sweep over layers and tally what differs: `python -m tests.worker.sweep 150 Conv2D LSTM`; all layers by default."""

from __future__ import annotations

import sys
import time
from collections import Counter

from hypothesis import HealthCheck, Phase, given, seed, settings

from engine.catalogue import catalogue
from tests.worker.sweep.cases import Case, cases
from tests.worker.sweep.pair import Pair

#: Cases that take longer are told, in seconds.
SLOW = 5.0


def swept(pair: Pair, layer: str, count: int, number: int) -> tuple[Counter[str], dict[str, list[str]]]:
    """Try a layer in many cases; return what became of them, and those that differ by what is said of them."""
    kinds: Counter[str] = Counter()
    found: dict[str, list[str]] = {}

    @seed(number)
    @settings(max_examples=count, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(cases(layer))
    def look(case: Case) -> None:
        began = time.monotonic()
        said, kind = pair.differing(case)
        kinds[kind] += 1
        if time.monotonic() - began > SLOW:
            print(f"  {time.monotonic() - began:.0f} s for {case}", flush=True)
        if said:
            group = "".join(letter for letter in said[:110] if not letter.isdigit())
            found.setdefault(group, []).append(f"{case}\n      {said}")

    look()
    return kinds, found


def _main(count: int, layers: list[str], number: int) -> None:
    pair, began, total = Pair(), time.monotonic(), 0
    for layer in layers:
        kinds, found = swept(pair, layer, count, number)
        total += sum(kinds.values())
        print(f"{layer}: {dict(kinds)} {time.monotonic() - began:.0f} s", flush=True)
        for group in found.values():
            print(f"  {len(group)} x {min(group, key=len)}", flush=True)
    print(f"{total} cases, {pair.oracle.died} deaths, {time.monotonic() - began:.0f} s")
    pair.end()


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    names = [word for word in sys.argv[1:] if not word.isdigit()]
    _main(numbers[0] if numbers else 150, names or list(catalogue().layers), numbers[1] if numbers[1:] else 1)

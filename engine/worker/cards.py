"""Writes resources/templates/cards.json, by asking Keras what each template counts at each size: run as a program."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from engine import cards
from engine.catalogue import catalogue
from engine.templates import start, templates


def main() -> int:
    """Check every template at every size, and write what the gallery shows of them."""
    from engine.worker.backend import use_numpy

    use_numpy()
    from engine.worker.check import Checker

    checker, known = Checker(), catalogue()

    def counts(name: str, sizes: tuple[str, ...]) -> Mapping[str, int]:
        return {size: checker.check(start(name, size, known).graph).trainable for size in sizes}

    made = {
        name: cards.card(start(name, "", known).graph, known, counts(name, item.sizes))
        for name, item in templates().items()
    }
    cards.FILE.write_text(cards.text(made), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

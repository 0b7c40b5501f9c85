"""The order of chains that leave one node and meet in one: the shortest in the middle. Knows no sizes, no places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.ranks import Ranks

Chain = tuple[int, ...]


def fanned(ranks: Ranks) -> Ranks:
    """Order parallel chains so that the wire that ends a short one passes no node of a longer one.

    Any order of them crosses as few wires, so the library leaves it to chance. A wire runs from port to port, not
    along its lane: it meets no node only where the chains between it and the middle are no longer than its own.
    """
    columns = [list(items) for items in ranks.columns]
    row = {item: place for items in columns for place, item in enumerate(items)}
    column = {item: place for place, items in enumerate(columns) for item in items}
    for group in _parallel(ranks).values():
        chains = sorted(group, key=lambda chain: row[chain[0]])
        if len(chains) < 2 or not all(
            _side_by_side([row[item] for item in items]) for items in zip(*chains, strict=True)
        ):
            continue
        for place, items in enumerate(zip(*_from_middle(chains, ranks.count), strict=True)):
            at, first = column[items[0]], min(row[chain[place]] for chain in chains)
            columns[at][first : first + len(items)] = items
            row |= {item: first + offset for offset, item in enumerate(items)}
    return replace(ranks, columns=tuple(map(tuple, columns)))


def _parallel(ranks: Ranks) -> dict[tuple[int, int], list[Chain]]:
    """The chains between two nodes, by those two; the items of a chain have one wire in and one out."""
    outs: defaultdict[int, list[int]] = defaultdict(list)
    ins: defaultdict[int, int] = defaultdict(int)
    for a, b in ranks.links:
        outs[a].append(b)
        ins[b] += 1
    found: defaultdict[tuple[int, int], list[Chain]] = defaultdict(list)
    for start, fed in outs.items():
        if len(fed) > 1:
            for item in fed:
                chain = _along(item, outs, ins)
                if len(chain) > 1:
                    found[start, chain[-1]].append(chain[:-1])
    return found


def _along(item: int, outs: Mapping[int, Sequence[int]], ins: Mapping[int, int]) -> Chain:
    """Follow a chain to what it ends in, which is the last of what is returned."""
    chain = [item]
    while ins[chain[-1]] == 1 and len(outs.get(chain[-1], ())) == 1:
        chain.append(outs[chain[-1]][0])
    return tuple(chain)


def _side_by_side(rows: Sequence[int]) -> bool:
    return max(rows) - min(rows) == len(rows) - 1


def _from_middle(chains: Sequence[Chain], count: int) -> list[Chain]:
    """The chain with the fewest nodes in the middle, longer ones further out, below and above in turn."""
    order: list[Chain] = []
    for chain in sorted(chains, key=lambda chain: sum(item < count for item in chain)):
        order.insert(len(order) if len(order) % 2 else 0, chain)
    return order

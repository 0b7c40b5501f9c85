"""Makes a drawing fit to be ranked: no loop, no double, no circle, one piece at a time. Knows no places, no nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[str, str]


def opened(ids: Sequence[str], pairs: Iterable[Pair]) -> list[Pair]:
    """Return who feeds whom among some ids, each pair once; what closes a circle is left out."""
    feeds: dict[str, dict[str, None]] = {id: {} for id in ids}
    for a, b in pairs:
        if a != b and a in feeds and b in feeds:
            feeds[a][b] = None
    done: set[str] = set()
    for start in ids:
        if start not in done:
            _open_circles(feeds, start, done)
    return [(a, b) for a, fed in feeds.items() for b in fed]


def _open_circles(feeds: Mapping[str, dict[str, None]], start: str, done: set[str]) -> None:
    """Walk in depth and drop what leads back to where the walk has come from."""
    path, walks = {start}, [(start, iter(list(feeds[start])))]
    while walks:
        here, ahead = walks[-1]
        there = next(ahead, None)
        if there is None:
            walks.pop()
            path.discard(here)
            done.add(here)
        elif there in path:
            del feeds[here][there]
        elif there not in done:
            path.add(there)
            walks.append((there, iter(list(feeds[there]))))


def pieces(ids: Sequence[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """Group ids by what hangs together; groups and their ids in the order of the ids."""
    near: dict[str, list[str]] = {id: [] for id in ids}
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    place = {id: at for at, id in enumerate(ids)}
    seen: set[str] = set()
    groups: list[list[str]] = []
    for id in ids:
        if id not in seen:
            group = _around(id, near, seen)
            groups.append(sorted(group, key=place.__getitem__))
    return groups


def _around(id: str, near: Mapping[str, Sequence[str]], seen: set[str]) -> list[str]:
    group = [id]
    seen.add(id)
    for each in group:
        fresh = dict.fromkeys(other for other in near[each] if other not in seen)
        seen.update(fresh)
        group.extend(fresh)
    return group

"""Parameter values: frozen, comparable, and one-to-one with JSON. Knows no layer."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, Generic, TypeAlias, TypeVar, overload
from weakref import ref

from engine.errors import ValueProblem

T = TypeVar("T")
D = TypeVar("D")
#: What JSON can say; `Any` stands where mypy has no recursive JSON type worth its noise.
Json: TypeAlias = Any
DEEPEST: Final = 32
#: No length, seed or count is larger, and every reader of JSON takes numbers so far.
LARGEST: Final = 2**63 - 1


#: Maps of more items than this, and in what they differ, are remembered: several ask the same after each edit.
MANY: Final = 100
#: The last pairs that were compared, later and earlier, and the keys: those of drawings, of reports.
_compared: deque[tuple[Any, Any, list[str]]] = deque(maxlen=3)


class FrozenMap(Mapping[str, T], Generic[T]):
    """An immutable, ordered, hashable mapping: an edit returns a new one."""

    __slots__ = ("__weakref__", "_changed", "_hash", "_items", "_origin")

    def __init__(self, items: Mapping[str, T] | None = None) -> None:
        self._items: dict[str, T] = dict(items or {})
        self._hash: int | None = None
        #: Of a large map that was made from another: which, and in what items alone they can differ.
        self._origin: ref[FrozenMap[T]] | None = None
        self._changed: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> T:
        return self._items[key]

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    # The dict's own views, read-only as they are: a Mapping's would look each item up again.

    def keys(self) -> KeysView[str]:
        return self._items.keys()

    def values(self) -> ValuesView[T]:
        return self._items.values()

    def items(self) -> ItemsView[str, T]:
        return self._items.items()

    @overload
    def get(self, key: str, /) -> T | None: ...

    @overload
    def get(self, key: str, /, default: T | D) -> T | D: ...

    def get(self, key: str, /, default: Any = None) -> Any:
        return self._items.get(key, default)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenMap):
            return self._items == other._items
        return self._items == other

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._items.items()))
        return self._hash

    def __repr__(self) -> str:
        return f"FrozenMap({self._items!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenMap, (self._items,)

    def others(self, before: FrozenMap[T]) -> list[str]:
        """Return the keys whose item is not the very one that a map before holds, in order."""
        for later, earlier, keys in _compared:
            if later is self and earlier is before:
                return list(keys)
        mine, held = self._items, before._items
        if self.follows(before):
            return self._in_order(key for key in self._changed if held.get(key) is not mine[key])
        if before.follows(self):
            return self._in_order(key for key in before._changed if key in mine and held[key] is not mine[key])
        found = [key for key, item in mine.items() if held.get(key) is not item]
        if len(mine) > MANY:
            _compared.append((self, before, found))
        return list(found)

    def follows(self, before: FrozenMap[T]) -> bool:
        """Whether this large map was made from another by putting items into it: all others stand where they did."""
        return self._origin is not None and self._origin() is before

    def gone(self, before: FrozenMap[T]) -> set[str]:
        """Return the keys that a map before holds and this does not."""
        return set() if self.follows(before) else before.keys() - self.keys()

    def _in_order(self, keys: Iterable[str]) -> list[str]:
        found = set(keys)
        return list(found) if len(found) < 2 else [key for key in self._items if key in found]

    def with_item(self, key: str, item: T) -> FrozenMap[T]:
        return self.with_items({key: item})

    def with_items(self, items: Mapping[str, T]) -> FrozenMap[T]:
        made = FrozenMap.__new__(FrozenMap)
        made._items, made._hash = {**self._items, **items}, None
        large = len(made._items) > MANY
        made._origin, made._changed = (ref(self), frozenset(items)) if large else (None, frozenset())
        return made

    def without(self, *keys: str) -> FrozenMap[T]:
        return FrozenMap({key: item for key, item in self._items.items() if key not in keys})


@dataclass(frozen=True, slots=True)
class Part:
    """A Keras object by class and values: an optimizer, an initializer, a loss, a wrapped layer."""

    class_name: str
    values: FrozenMap[Value] = field(default_factory=FrozenMap)

    def with_value(self, name: str, value: Value) -> Part:
        return Part(self.class_name, self.values.with_item(name, value))

    def with_values(self, values: Mapping[str, Value]) -> Part:
        return Part(self.class_name, FrozenMap({**self.values, **values}))

    def without_value(self, name: str) -> Part:
        return Part(self.class_name, self.values.without(name))


@dataclass(frozen=True, slots=True)
class Formula:
    """In a block, a value that follows from the block's parameters: `filters * 4`."""

    text: str


Value: TypeAlias = "bool | int | float | str | tuple[Value, ...] | Part | Formula | None"


def value_to_json(value: Value) -> Json:
    """Spell a value as JSON: a tuple as a list, a Part as `{"class", "values"}`, a Formula as `{"formula"}`."""
    if isinstance(value, tuple):
        return [value_to_json(item) for item in value]
    if isinstance(value, Part):
        return {"class": value.class_name, "values": values_to_json(value.values)}
    return {"formula": value.text} if isinstance(value, Formula) else value


def values_to_json(values: Mapping[str, Value]) -> dict[str, Json]:
    return {name: value_to_json(value) for name, value in values.items()}


def value_from_json(data: Json, depth: int = 0) -> Value:
    """Read a value back.

    Raises:
        ValueProblem: For anything that is not a value: a dict of another shape, nan, deep nesting.
    """
    if depth > DEEPEST:
        raise ValueProblem(f"A value is nested at most {DEEPEST} deep")
    if data is None or isinstance(data, bool | int | float | str):
        check_plain(data)
        return data
    if isinstance(data, list):
        return tuple(value_from_json(item, depth + 1) for item in data)
    if isinstance(data, dict) and set(data) == {"class", "values"} and isinstance(data["class"], str):
        return Part(data["class"], values_from_json(data["values"], depth + 1))
    if isinstance(data, dict) and set(data) == {"formula"} and isinstance(data["formula"], str):
        check_plain(data["formula"])
        return Formula(data["formula"])
    raise ValueProblem("A value is a number, a text, a list, {class, values} or {formula}", received=repr(data)[:80])


def values_from_json(data: Json, depth: int = 0) -> FrozenMap[Value]:
    if not isinstance(data, dict) or not all(isinstance(name, str) for name in data):
        raise ValueProblem("Values are an object of names and values", received=repr(data)[:80])
    return FrozenMap({name: value_from_json(item, depth) for name, item in data.items()})


def check_plain(data: Json) -> None:
    """Raise ValueProblem for a number or a text that JSON can spell and no file should hold."""
    if isinstance(data, float) and not math.isfinite(data):
        raise ValueProblem("A number must be finite", received=str(data))
    if isinstance(data, int) and abs(data) > LARGEST:
        raise ValueProblem("A whole number has at most 63 bits", received=f"one of {data.bit_length():,} bits")
    if isinstance(data, str) and any("\ud800" <= letter <= "\udfff" for letter in data):
        raise ValueProblem("A text is Unicode", received=ascii(data)[:80])


def check_json(data: Json, deepest: int) -> None:
    """Raise ValueProblem unless JSON of any kind is at most so deep, all its numbers and texts being plain."""
    level = [data]
    for _ in range(deepest + 1):
        for item in level:
            check_plain(item)
        lists = [item for item in level if isinstance(item, list)]
        objects = [item for item in level if isinstance(item, dict)]
        level = [*chain.from_iterable(lists), *chain.from_iterable([*item, *item.values()] for item in objects)]
        if not level:
            return
    raise ValueProblem(f"It is nested at most {deepest} deep", received="more")

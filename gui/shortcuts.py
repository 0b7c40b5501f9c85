"""Which keys each action has now: the chosen set, over it what the person changed. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from gui.action import ActionSpec
from gui.actions import ACTIONS, BY_ID
from gui.keysets import DEFAULT, SETS, KeySet
from gui.settings import Settings

_PORTABLE: Final = QKeySequence.SequenceFormat.PortableText
_NATIVE: Final = QKeySequence.SequenceFormat.NativeText
#: Keys that no action may have, with what they do.
RESERVED: Final[Mapping[str, str]] = {"Space": "Space moves the canvas while it is held, and can do nothing else."}


def normal(text: str) -> str:
    """Return the one spelling of a key, empty where the text is no single key."""
    keys = QKeySequence.fromString(text, _PORTABLE)
    return keys.toString(_PORTABLE) if keys.count() == 1 else ""


def shown(key: str) -> str:
    """Spell a key as this system's people read it."""
    return QKeySequence.fromString(key, _PORTABLE).toString(_NATIVE)


def everywhere(spec: ActionSpec, key: str) -> bool:
    """Whether a key works wherever the focus is: a bare letter or digit is typed into lists, Tab and arrows move."""
    if spec.canvas:
        return False
    *modifiers, last = key.replace("++", "+Plus").split("+") if key != "+" else ["Plus"]
    bare = not set(modifiers) & {"Ctrl", "Alt", "Meta"}
    sign = len(normal(last)) == 1 and not last.isalnum()
    return not bare or sign or last == "Plus" or (last[0] == "F" and last[1:].isdigit())


def resolve(layers: Sequence[KeySet]) -> dict[str, tuple[str, ...]]:
    """Return the keys of every action: the first of the layers that names it, less what is taken before it."""
    taken: set[str] = set()
    found: dict[str, tuple[str, ...]] = {}
    for layer in layers:
        for id in [id for id in BY_ID if id in layer and id not in found]:
            found[id] = tuple(dict.fromkeys(key for key in layer[id] if key not in taken))
            taken.update(found[id])
    return found


class Shortcuts(QObject):
    """Answers which key does what; `changed` follows every change. Without settings nothing is remembered."""

    changed = Signal()

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        name = settings.key_set if settings is not None else DEFAULT
        self._set = name if name in SETS else DEFAULT
        kept = settings.key_changes if settings is not None else {}
        #: What the person changed; an action that this program does not know stays, for the program that does.
        self._own = {id: _readable(keys) for id, keys in kept.items()}
        self._resolve()

    @property
    def chosen(self) -> str:
        """The name of the set."""
        return self._set

    def keys(self, id: str) -> tuple[str, ...]:
        return self._keys[id]

    def label(self, id: str) -> str:
        """The first key of an action as people read it, empty where it has none."""
        return shown(self._keys[id][0]) if self._keys.get(id) else ""

    def action(self, key: str) -> str:
        """Return the action that a key has, empty where it has none."""
        return self._actions.get(key, "")

    def is_own(self, id: str) -> bool:
        """Whether the person gave this action other keys than the set."""
        return id in self._own

    @property
    def changes(self) -> int:
        """How many actions the person gave other keys."""
        return len(self._own.keys() & BY_ID.keys())

    def holder(self, key: str, but: str) -> ActionSpec | None:
        """Return the action that would lose a key to another."""
        id = self.action(normal(key))
        return BY_ID[id] if id and id != but else None

    # -- changes

    def choose(self, name: str) -> None:
        """Take another set; what the person changed stays."""
        self._set = name if name in SETS else DEFAULT
        self._keep()

    def assign(self, id: str, keys: Iterable[str]) -> None:
        """Give an action these keys, and take them away from whichever has them."""
        given = _readable(keys)
        for other, held in self._own.items():
            self._own[other] = tuple(key for key in held if key not in given or other not in BY_ID)
        self._own[id] = given
        self._keep()

    def reset(self, id: str) -> None:
        """Give an action the keys of the set again."""
        self._own.pop(id, None)
        self._keep()

    def reset_all(self) -> None:
        """Forget every change of an action that is known."""
        self._own = {id: keys for id, keys in self._own.items() if id not in BY_ID}
        self._keep()

    def _keep(self) -> None:
        if self._settings is not None:
            self._settings.keep_keys(self._set, self._own)
        self._resolve()
        self.changed.emit()

    def _resolve(self) -> None:
        defaults = {spec.id: spec.keys for spec in ACTIONS if spec.id}
        self._keys = resolve((self._own, SETS[self._set], defaults))
        self._actions = {key: id for id, keys in self._keys.items() for key in keys}


def _readable(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys that are keys, each once, in the one spelling."""
    return tuple(dict.fromkeys(key for text in keys if (key := normal(text)) and key not in RESERVED))

"""What the program remembers between starts: theme, window, recent files, the code's import style. Knows no widget."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import time
from typing import Final, TypeGuard

from PySide6.QtCore import QByteArray, QObject, QSettings, QStandardPaths, Signal

from gui import usage

MOST_RECENT: Final = 10
THEMES: Final = ("dark", "light", "system")
IMPORTS: Final = ("keras", "tensorflow")
TABLES: Final = ("markdown", "csv")
MINIMAPS: Final = ("needed", "always", "never")
#: What layers carry while they train, as `gui.canvas.heating` has it.
CARRIED: Final = (
    "pictures", "nothing", "parameters", "multiply_adds", "memory", "gradient_norm", "update_ratio", "dead",
    "saturated", "deviation", "time",
)  # fmt: skip
FOLDED_AT_FIRST: Final = frozenset({"Preprocessing", "Augmentation", "Operations"})
#: More than this is not read: no list that this program keeps is as long.
LONGEST: Final = 2**18


class Settings(QObject):
    """Reads and writes the settings; a value that makes no sense reads as the default."""

    recent_changed = Signal()
    measuring_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "layerloom", "layerloom", parent=self
        )

    # -- looks

    @property
    def theme(self) -> str:
        return self._choice("theme", THEMES, "dark")

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def imports(self) -> str:
        """How exported code imports Keras: "keras" or "tensorflow"."""
        return self._choice("imports", IMPORTS, "keras")

    def choose_imports(self, style: str) -> None:
        self._store.setValue("imports", style)

    @property
    def table_format(self) -> str:
        """How the analysis is copied: "markdown" or "csv"."""
        return self._choice("table_format", TABLES, "markdown")

    def keep_table_format(self, format: str) -> None:
        self._store.setValue("table_format", format)

    @property
    def folded(self) -> frozenset[str]:
        """The groups of the palette that are folded; at the first start those that a beginner needs last."""
        return frozenset(self._texts("folded")) if self._store.contains("folded") else FOLDED_AT_FIRST

    def keep_folded(self, groups: frozenset[str]) -> None:
        self._store.setValue("folded", sorted(groups))

    @property
    def minimap(self) -> str:
        """When the map is shown: where it is "needed", "always" or "never"."""
        return self._choice("minimap", MINIMAPS, "needed")

    def keep_minimap(self, mode: str) -> None:
        self._store.setValue("minimap", mode)

    @property
    def carried(self) -> str:
        """What layers carry: "pictures", "nothing" or the name of a figure that colours them."""
        return self._choice("carried", CARRIED, "pictures")

    def keep_carried(self, carried: str) -> None:
        self._store.setValue("carried", carried)

    @property
    def pulse(self) -> bool:
        """Whether wires pulse while it trains."""
        return self._choice("pulse", ("yes", "no"), "no") == "yes"

    def keep_pulse(self, pulse: bool) -> None:
        self._store.setValue("pulse", "yes" if pulse else "no")

    @property
    def curves(self) -> dict[str, object]:
        """How the curves were looked at last, as it was kept."""
        return self._object("curves")

    def keep_curves(self, manner: Mapping[str, object]) -> None:
        self._store.setValue("curves", json.dumps(dict(manner)))

    @property
    def less_motion(self) -> bool:
        """Whether everything shall be in its place at once."""
        return self._choice("motion", ("full", "less"), "full") == "less"

    def keep_less_motion(self, less: bool) -> None:
        self._store.setValue("motion", "less" if less else "full")

    @property
    def snap(self) -> bool:
        """Whether dragged nodes snap to the grid."""
        return self._choice("snap", ("yes", "no"), "no") == "yes"

    def keep_snap(self, snap: bool) -> None:
        self._store.setValue("snap", "yes" if snap else "no")

    @property
    def measuring(self) -> bool:
        """Whether the layers are measured while a network trains."""
        return self._choice("measuring", ("yes", "no"), "yes") == "yes"

    def keep_measuring(self, measuring: bool) -> None:
        self._store.setValue("measuring", "yes" if measuring else "no")
        self.measuring_changed.emit(measuring)

    @property
    def collecting(self) -> bool:
        """Whether the predictions of every epoch are kept for the page Results."""
        return self._choice("collecting", ("yes", "no"), "no") == "yes"

    def keep_collecting(self, collecting: bool) -> None:
        self._store.setValue("collecting", "yes" if collecting else "no")

    @property
    def greeted(self) -> bool:
        """Whether the gallery was shown at the first start."""
        return self._choice("greeted", ("yes", "no"), "no") == "yes"

    def keep_greeted(self) -> None:
        self._store.setValue("greeted", "yes")

    # -- keys

    @property
    def key_set(self) -> str:
        """The name of the chosen set of shortcuts, as it was kept; it may be one that is no more."""
        return "".join(self._texts("keys/set")[:1])

    @property
    def key_changes(self) -> dict[str, tuple[str, ...]]:
        """The keys that the person gave to actions, by the action's id, as they were kept."""
        kept = self._object("keys/changes")
        return {id: tuple(keys) for id, keys in kept.items() if _is_texts(keys)}

    def keep_keys(self, chosen: str, changes: Mapping[str, Iterable[str]]) -> None:
        self._store.setValue("keys/set", chosen)
        self._store.setValue("keys/changes", json.dumps({id: list(keys) for id, keys in changes.items()}))

    # -- use

    @property
    def entry_weights(self) -> dict[str, float]:
        """What the use of each entry of the command palette counts for now."""
        return usage.weights(usage.readable(self._object("entry_uses")), time())

    def count_entry(self, id: str) -> None:
        """Count a choice in the command palette."""
        kept = usage.noted(usage.readable(self._object("entry_uses")), id, time())
        self._store.setValue("entry_uses", json.dumps(kept))

    @property
    def layer_uses(self) -> usage.Uses:
        """How often and how lately each layer was added."""
        return usage.readable(self._object("layer_uses"))

    def note_layer(self, layer: str) -> None:
        """Count that a layer was added now."""
        self._store.setValue("layer_uses", json.dumps(usage.noted(self.layer_uses, layer, time())))

    def layer_weights(self) -> dict[str, float]:
        """Return what the use of each layer counts for now."""
        return usage.weights(self.layer_uses, time())

    # -- window

    def window(self, part: str) -> QByteArray:
        """Return the bytes that a window part was last kept as; empty where it never was."""
        value = self._store.value(f"window/{part}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_window(self, part: str, state: QByteArray) -> None:
        self._store.setValue(f"window/{part}", state)

    # -- files

    @property
    def recent(self) -> list[Path]:
        """The files opened or saved last, newest first, those that are gone left out."""
        return [Path(name) for name in self._texts("recent") if Path(name).is_file()][:MOST_RECENT]

    def add_recent(self, path: Path) -> None:
        path = path.resolve()
        others = [other for other in self.recent if other != path]
        self._store.setValue("recent", [str(item) for item in [path, *others][:MOST_RECENT]])
        self.recent_changed.emit()

    def clear_recent(self) -> None:
        self._store.remove("recent")
        self.recent_changed.emit()

    @property
    def folder(self) -> Path:
        """Where file dialogs open: the folder of the last file, else the person's documents."""
        if self.recent:
            return self.recent[0].parent
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def _texts(self, key: str) -> list[str]:
        """A list that Qt wrote: nothing, one text or several."""
        value = self._store.value(key)
        items = value if isinstance(value, list) else [value]
        return [item for item in items if isinstance(item, str)]

    def _object(self, key: str) -> dict[str, object]:
        """A JSON object that was kept as text; empty where it is none."""
        text = self._store.value(key)
        try:
            found = json.loads(text) if isinstance(text, str) and len(text) <= LONGEST else {}
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        value = self._store.value(key)
        return value if isinstance(value, str) and value in choices else default


def _is_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def blocks_folder() -> Path:
    """Return where the person's own blocks are kept."""
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(data) / "blocks"


def runs_folder() -> Path:
    """Return where the records of runs are kept."""
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(data) / "runs"

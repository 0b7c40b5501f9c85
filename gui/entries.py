"""What the command palette offers: every action, every layer, templates and recent files. Knows not how it looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtGui import QAction

from engine.catalogue import LayerSpec
from engine.graph import BLOCK
from engine.templates import Template, templates
from gui.action import ActionSpec
from gui.actions import BY_ID
from gui.canvas.ink import ICONS
from gui.frame import Frame
from gui.kindred import ordered
from gui.menus import BESIDE
from gui.sizes import take


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `name` and `aliases` are what it is found by, `why` says why it cannot be done now."""

    id: str
    name: str
    title: str
    group: str
    run: Callable[[], object] = field(compare=False)
    aliases: tuple[str, ...] = ()
    summary: str = ""
    key: str = ""
    icon: str = ""
    why: str = ""
    #: The category of a layer, whose icon it has.
    category: str = ""
    #: It is done on the canvas, which so gets the focus.
    canvas: bool = False
    #: It is of this drawing alone: its use is not counted, and it stands behind all else that fits as well.
    passing: bool = False


def entries(window: Frame) -> list[Entry]:
    """Return all that can be done in the window as it is now."""
    return [*_actions(window), *_sizes(window), *_recent(window), *_templates(window), *_layers(window)]


def _actions(window: Frame) -> Iterator[Entry]:
    for spec in BY_ID.values():
        if spec.id != "find_action":
            yield _action(window, spec, window.actions_by_id[spec.id])


def _action(window: Frame, spec: ActionSpec, action: QAction) -> Entry:
    return Entry(
        spec.id,
        spec.title,
        action.text().partition(BESIDE)[0].rstrip("…"),
        spec.menu,
        action.trigger,
        spec.words,
        spec.tip,
        window.shortcuts.label(spec.id),
        "check" if action.isChecked() else spec.icon,
        why_not(window, spec, action),
        canvas=spec.canvas,
    )


def why_not(window: Frame, spec: ActionSpec, action: QAction) -> str:
    """Return why an action cannot be done now, empty where it can."""
    if spec.needs:
        return window.canvas.keyboard.why_not(spec.id)
    return "" if action.isEnabled() else spec.blocked or "It cannot be done now."


def _layers(window: Frame) -> Iterator[Entry]:
    for spec in ordered(window.document.catalogue.layers.values()):
        yield _layer(spec, partial(window.canvas.add_layer, spec.name))
    for spec in window.document.catalogue.layers.values():
        if spec.name.startswith(BLOCK):
            continue  # what it is stands in the drawing
        yield _help(spec, partial(window.help_asked.emit, spec.name))


def _layer(spec: LayerSpec, run: Callable[[], object]) -> Entry:
    return Entry(
        f"layer:{spec.name}", spec.title, f"Add {spec.title}", spec.group, run, ("add", "layer", *spec.aliases),
        spec.summary, category=spec.group, icon=ICONS.get(spec.group, ""), canvas=True,
    )  # fmt: skip


def _help(spec: LayerSpec, run: Callable[[], object]) -> Entry:
    return Entry(
        f"help:{spec.name}", f"{spec.name} help", f"Help on {spec.name}", spec.group, run, ("what is", "documentation"),
        spec.summary, category=spec.group, icon=ICONS.get(spec.group, ""),
    )  # fmt: skip


def _sizes(window: Frame) -> Iterator[Entry]:
    document = window.document
    for size in document.project.sizes:
        yield Entry(
            f"size:{size}", f"Size {size}", f"Set size to {size}", "Size of the network",
            partial(take, document, size, window.refuse), ("full size", "larger", "smaller", "resize"),
            "The same drawing, as large as it says", icon="scaling", canvas=True, passing=True,
            why="" if size != document.project.size else f"The network has the size {size} already.",
        )  # fmt: skip


def _templates(window: Frame) -> Iterator[Entry]:
    for template in templates().values():
        for size in template.sizes:
            yield _template(window, template, size)


def _template(window: Frame, template: Template, size: str) -> Entry:
    title = f"New from {template.title}" + (f" · {size}" if len(template.sizes) > 1 else "")
    return Entry(
        f"template:{template.name}:{size}", f"{template.title} {size}", title, template.group,
        partial(window.files.new_from, template.path, size if len(template.sizes) > 1 else ""),
        ("new", "template", template.name, *template.tags), template.line, icon="file-plus",
    )  # fmt: skip


def _recent(window: Frame) -> Iterator[Entry]:
    for path in window.settings.recent:
        open_it = partial(window.files.open, path)
        yield Entry(
            f"file:{path}", path.stem, f"Open {path.name}", "Recent file", open_it, ("open", "recent"), str(path),
            icon="folder-open",
        )  # fmt: skip

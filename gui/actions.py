"""Every action of the program as data: words, keys, icon and menu. Knows neither Qt nor what an action does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.graph import COLOURS
from gui.action import ActionSpec
from gui.action import separator as _separator
from gui.alive_actions import PIN
from gui.frame_actions import FRAMES
from gui.window_actions import FILE, HELP, KEPT_RUNS, RUN, VIEW


def _align(side: str, text: str, key: str, icon: str) -> ActionSpec:
    return ActionSpec(f"align_{side}", "Layer > Arrange", text, (key,), icon, canvas=True, needs="several")


#: As they stand in the menu bar: Alt and the letter after & opens one. No key of the canvas is one of these.
MENU_WORDS: Final = ("&File", "&Edit", "Se&lect", "La&yer", "V&iew", "&Run", "Hel&p")
MENUS: Final = tuple(words.replace("&", "") for words in MENU_WORDS)
_EDIT: Final = (
    ActionSpec("undo", "Edit", "Undo", ("Ctrl+Z",), "undo-2", blocked="Nothing has been done yet."),
    ActionSpec("redo", "Edit", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2", blocked="Nothing has been undone."),
    ActionSpec("undo_history", "Edit", "Undo history…", ("Ctrl+Alt+Z",), "history", words=("steps", "list", "go back")),
    _separator("Edit"),
    ActionSpec("cut", "Edit", "Cut", ("Ctrl+X",), "scissors", canvas=True, needs="things"),
    ActionSpec("copy", "Edit", "Copy", ("Ctrl+C",), "copy", canvas=True, needs="things"),
    ActionSpec("paste", "Edit", "Paste", ("Ctrl+V",), "clipboard-paste", canvas=True),
    ActionSpec(
        "paste_wired", "Edit", "Paste with wires", ("Ctrl+Shift+V",), "", "Keeps the wires from layers outside",
        canvas=True, words=("connections",),
    ),
    ActionSpec("duplicate", "Edit", "Duplicate", ("Ctrl+D",), "square-stack", canvas=True, needs="things"),
    ActionSpec(
        "duplicate_wired", "Edit", "Duplicate with wires", ("Ctrl+Shift+D",), "copy-plus",
        "Keeps the wires from layers outside", canvas=True, needs="layers", words=("connections",),
    ),
    ActionSpec(
        "delete", "Edit", "Delete", ("Del", "Backspace"), "trash-2", canvas=True, needs="selection", words=("remove",)
    ),
    _separator("Edit"),
    ActionSpec(
        "find", "Edit", "Find in the drawing…", ("Ctrl+F",), "search", "By name, kind, value, problem or note",
        words=("search", "look for", "go to layer"),
    ),
    ActionSpec("find_next", "Edit", "Find next", ("F3", "Ctrl+F3"), ""),
    ActionSpec("find_previous", "Edit", "Find previous", ("Shift+F3",), ""),
    _separator("Edit"),
    ActionSpec(
        "copy_values", "Edit", "Copy values", ("Ctrl+Alt+C",), "copy", "What the layer is set to, for other layers",
        canvas=True, needs="layer", words=("parameters", "settings"),
    ),
    ActionSpec(
        "paste_values", "Edit", "Paste values", ("Ctrl+Alt+V",), "clipboard-paste",
        "Sets the selected layers as the copied one is set, where they take it",
        canvas=True, needs="layers", words=("parameters", "settings"),
    ),
    _separator("Edit"),
    ActionSpec("find_action", "Edit", "Find an action…", ("Ctrl+K",), "search", words=("command palette", "search")),
    ActionSpec("settings", "Edit", "Settings…", ("Ctrl+,",), "settings", words=("preferences", "shortcuts")),
)  # fmt: skip
_SELECT: Final = (
    ActionSpec("select_all", "Select", "Select all", ("Ctrl+A",), "", canvas=True, needs="drawing"),
    ActionSpec("escape", "Select", "Select nothing", ("Esc",), "", "Also ends the gesture under way", canvas=True),
    ActionSpec("select_invert", "Select", "Select the others", ("Ctrl+I",), "", canvas=True, words=("invert",)),
    _separator("Select"),
    ActionSpec(
        "select_alike", "Select", "Select alike", ("Ctrl+Shift+A",), "", "The same kinds; again: with the same values",
        canvas=True, needs="layers", words=("similar", "same kind"),
    ),
    ActionSpec(
        "select_upstream", "Select", "Select what feeds it", ("U",), "", canvas=True, needs="layers",
        words=("upstream", "before"),
    ),
    ActionSpec(
        "select_downstream", "Select", "Select what it feeds", ("Shift+U",), "", canvas=True, needs="layers",
        words=("downstream", "after"),
    ),
    ActionSpec(
        "select_connected", "Select", "Select what is wired to it", ("Ctrl+U",), "", canvas=True, needs="layers",
        words=("linked", "connected"),
    ),
    ActionSpec(
        "select_grow", "Select", "Grow along wires", (">",), "", canvas=True, needs="layers", words=("more", "select")
    ),
    ActionSpec(
        "select_shrink", "Select", "Shrink along wires", ("<",), "", canvas=True, needs="layers",
        words=("less", "select"),
    ),
    _separator("Select"),
    ActionSpec("walk_left", "Select > Walk along wires", "Walk left", ("Left",), canvas=True, needs="drawing"),
    ActionSpec("walk_right", "Select > Walk along wires", "Walk right", ("Right",), canvas=True, needs="drawing"),
    ActionSpec("walk_up", "Select > Walk along wires", "Walk up", ("Up",), canvas=True, needs="drawing"),
    ActionSpec("walk_down", "Select > Walk along wires", "Walk down", ("Down",), canvas=True, needs="drawing"),
    _separator("Select > Walk along wires"),
    ActionSpec("extend_left", "Select > Walk along wires", "Add left", ("Shift+Left",), canvas=True, needs="drawing"),
    ActionSpec(
        "extend_right", "Select > Walk along wires", "Add right", ("Shift+Right",), canvas=True, needs="drawing"
    ),
    ActionSpec("extend_up", "Select > Walk along wires", "Add above", ("Shift+Up",), canvas=True, needs="drawing"),
    ActionSpec("extend_down", "Select > Walk along wires", "Add below", ("Shift+Down",), canvas=True, needs="drawing"),
    _separator("Select > Walk along wires"),
    ActionSpec(
        "next_wire", "Select > Walk along wires", "Next wire", (".", "Ctrl+."), "", "Of the selected layer",
        canvas=True, needs="selection", words=("choose wire",),
    ),
    ActionSpec(
        "previous_wire", "Select > Walk along wires", "Previous wire", (",",), "", "Of the selected layer",
        canvas=True, needs="selection", words=("choose wire",),
    ),
)  # fmt: skip
_BLOCKS: Final = (
    ActionSpec(
        "group", "Layer > Block", "Group into a block", ("Ctrl+G",), "group", canvas=True, needs="layers",
        words=("subgraph", "node group", "nest", "fold"),
    ),
    ActionSpec(
        "ungroup", "Layer > Block", "Ungroup", ("Ctrl+Shift+G",), "ungroup", canvas=True, needs="blocks",
        words=("flatten", "unfold", "explode"),
    ),
    ActionSpec(
        "peek", "Layer > Block", "Look into the block", ("P",), "eye", "Its inside, where it stands; Esc closes",
        canvas=True, needs="block", words=("preview", "inside", "expand"),
    ),
    ActionSpec(
        "fold_repeats", "Layer > Block", "Fold what repeats…", ("Ctrl+Alt+R",), "",
        "Finds equal parts of the drawing, and makes blocks of them", canvas=True, needs="drawing",
        words=("detect", "compress", "simplify", "repeats"),
    ),
    ActionSpec(
        "leave", "Layer > Block", "Leave the block", ("Alt+Up",), "", "Esc does too, with nothing selected",
        canvas=True, words=("out", "parent", "up"),
    ),
    _separator("Layer > Block"),
    ActionSpec(
        "next_unit", "Layer > Block", "Next unit of the row", ("Alt+PgDown",), "", "Of the block that is open",
        canvas=True, words=("repeat", "instance"),
    ),
    ActionSpec(
        "previous_unit", "Layer > Block", "Unit before in the row", ("Alt+PgUp",), "", "Of the block that is open",
        canvas=True, words=("repeat", "instance"),
    ),
    _separator("Layer > Block"),
    ActionSpec(
        "keep_block", "Layer > Block", "Keep in my library", (), "layers",
        "The selected block, or the one that is open, in the palette of every drawing", words=("reuse", "own blocks"),
    ),
    ActionSpec(
        "forget_block", "Layer > Block", "Take out of my library", (), "", "Drawings that have the block keep it",
        words=("own blocks",),
    ),
)  # fmt: skip
_LAYER: Final = (
    ActionSpec(
        "search", "Layer", "Add a layer…", ("Tab", "Shift+A"), "plus", "At the mouse, or after the selected layer",
        canvas=True, words=("new node",),
    ),
    ActionSpec("find_layer", "Layer", "Find a layer in the palette", ("Ctrl+L",), "search"),
    _separator("Layer"),
    ActionSpec("rename", "Layer", "Rename", ("F2",), "text-cursor-input", canvas=True, needs="thing"),
    ActionSpec(
        "enter", "Layer", "Open the block", ("Return", "Enter"), "", "Enters a block; names what is none", canvas=True,
        needs="thing", words=("enter", "inside", "edit group"),
    ),
    ActionSpec(
        "edit_values", "Layer", "Change its values", ("E",), "sliders-horizontal", "Puts the cursor into the inspector",
        words=("parameters", "properties", "set", "inspector"),
    ),
    ActionSpec(
        "find_value", "Layer", "Find a value…", ("Shift+E",), "search", "Among all that the layer can be set to",
        words=("parameters", "search", "inspector"),
    ),
    ActionSpec(
        "reset_values", "Layer", "Reset its values", (), "rotate-ccw", "All that Keras has a default for",
        words=("parameters", "defaults"),
    ),
    ActionSpec(
        "wire", "Layer", "Wire the two", ("W",), "link", "The left of two selected layers feeds the right one",
        canvas=True, needs="two", words=("connect",),
    ),
    _separator("Layer"),
    ActionSpec(
        "insert_after", "Layer", "Insert after…", ("I",), "between-vertical-start",
        "A layer between the selected one and all that it feeds", canvas=True, needs="layer",
    ),
    ActionSpec(
        "replace", "Layer", "Replace with…", ("Shift+S",), "replace", "Keeps the wires, the name and what both have",
        canvas=True, needs="layers", words=("switch", "swap", "change type"),
    ),
    ActionSpec(
        "dissolve", "Layer", "Dissolve", ("Ctrl+Del", "Ctrl+Backspace"), "circle-dashed",
        "Removes the selected layers and joins what they stood between", canvas=True, needs="selection",
        words=("delete with reconnect", "remove"),
    ),
    ActionSpec(
        "detach", "Layer", "Detach", ("Alt+X",), "unplug", "Takes the layers off their wires and joins these",
        canvas=True, needs="layers", words=("disconnect", "unplug"),
    ),
    ActionSpec(
        "cut_wires", "Layer", "Cut the wires", ("Shift+X",), "unlink", "All wires of the selected layers",
        canvas=True, needs="selection", words=("disconnect", "unwire"),
    ),
    ActionSpec(
        "dot", "Layer", "Add a dot to the wire", ("R",), "git-commit-horizontal",
        "On the chosen wire, or on the wires of the selected layers", canvas=True, needs="drawing",
        words=("reroute", "knot"),
    ),
    ActionSpec(
        "start_wire", "Layer", "Draw a wire by keys", ("Shift+W",), "waypoints",
        "Arrows choose where it ends, Enter wires", canvas=True, needs="layer", words=("connect",),
    ),
    ActionSpec(
        "knife", "Layer", "Cut wires with a line", ("K",), "slice", "Then drag across the wires", canvas=True,
        needs="drawing", words=("knife", "disconnect"),
    ),
    _separator("Layer"),
    ActionSpec(
        "bypass", "Layer", "Bypass", ("B",), "redo-dot", "Its first input passes on; again turns it on", canvas=True,
        needs="layers", words=("skip", "pass through"),
    ),
    ActionSpec(
        "disable", "Layer", "Disable", ("D",), "power-off", "Leaves it out, with all that only it feeds", canvas=True,
        needs="layers", words=("mute", "leave out", "turn off"),
    ),
    ActionSpec(
        "collapse", "Layer", "Collapse", ("H",), "chevrons-down-up", "To one line; again opens it", canvas=True,
        needs="layers", words=("fold", "minimize", "hide"),
    ),
    *PIN,
    ActionSpec(
        "colour", "Layer", "Choose a colour…", ("C",), "palette", canvas=True, needs="things", words=("color", "paint")
    ),
    *(
        ActionSpec(
            f"colour_{name or 'none'}", "Layer > Colour", f"Colour {name}" if name else "No colour",
            icon=f"swatch {name or 'none'}", canvas=True, needs="things", words=("color",),
        )
        for name in COLOURS
    ),
    _separator("Layer"),
    ActionSpec("nudge_left", "Layer > Move", "Move a little left", ("Ctrl+Left",), canvas=True, needs="things"),
    ActionSpec("nudge_right", "Layer > Move", "Move a little right", ("Ctrl+Right",), canvas=True, needs="things"),
    ActionSpec("nudge_up", "Layer > Move", "Move a little up", ("Ctrl+Up",), canvas=True, needs="things"),
    ActionSpec("nudge_down", "Layer > Move", "Move a little down", ("Ctrl+Down",), canvas=True, needs="things"),
    _separator("Layer > Move"),
    ActionSpec("shove_left", "Layer > Move", "Move far left", ("Ctrl+Shift+Left",), canvas=True, needs="things"),
    ActionSpec("shove_right", "Layer > Move", "Move far right", ("Ctrl+Shift+Right",), canvas=True, needs="things"),
    ActionSpec("shove_up", "Layer > Move", "Move far up", ("Ctrl+Shift+Up",), canvas=True, needs="things"),
    ActionSpec("shove_down", "Layer > Move", "Move far down", ("Ctrl+Shift+Down",), canvas=True, needs="things"),
    ActionSpec(
        "tidy", "Layer > Arrange", "Tidy", ("T",), "workflow", "Arranges what is selected, or all, along the wires",
        canvas=True, needs="drawing", words=("automatic layout", "arrange", "clean up"),
    ),
    ActionSpec(
        "tidy_row", "Layer > Arrange", "Tidy in one row", ("Shift+T",), "", "As Tidy, however long the drawing becomes",
        canvas=True, needs="drawing", words=("automatic layout", "arrange"),
    ),
    _separator("Layer > Arrange"),
    _align("left", "Align left", "Alt+A", "align-start-vertical"),
    _align("centre", "Align centres", "Alt+H", "align-center-vertical"),
    _align("right", "Align right", "Alt+D", "align-end-vertical"),
    _align("top", "Align tops", "Alt+W", "align-start-horizontal"),
    _align("middle", "Align middles", "Alt+V", "align-center-horizontal"),
    _align("bottom", "Align bottoms", "Alt+S", "align-end-horizontal"),
    _separator("Layer > Arrange"),
    ActionSpec(
        "distribute_across", "Layer > Arrange", "Distribute across", ("Alt+Shift+H",), "align-horizontal-space-between",
        "Leaves equal gaps from left to right", canvas=True, needs="three", words=("horizontally", "spacing"),
    ),
    ActionSpec(
        "distribute_down", "Layer > Arrange", "Distribute down", ("Alt+Shift+V",), "align-vertical-space-between",
        "Leaves equal gaps from top to bottom", canvas=True, needs="three", words=("vertically", "spacing"),
    ),
    _separator("Layer > Arrange"),
    ActionSpec(
        "snap", "Layer > Arrange", "Snap to grid", ("G",), "magnet", "For dragged layers; Ctrl lets them go",
        checkable=True, canvas=True,
    ),
    ActionSpec("snap_selected", "Layer > Arrange", "Put on the grid", ("Alt+G",), canvas=True, needs="layers"),
)  # fmt: skip
ACTIONS: Final = (*FILE, *_EDIT, *_SELECT, *_LAYER, *_BLOCKS, *FRAMES, *VIEW, *RUN, *KEPT_RUNS, *HELP)
BY_ID: Final[Mapping[str, ActionSpec]] = {spec.id: spec for spec in ACTIONS if spec.id}

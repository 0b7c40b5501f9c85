"""The sets of shortcuts to choose from: what each gives other keys than the table of actions. Knows no Qt.

The keys of Blender stand in its own key map (`blender_default.py`, node editor), those of ComfyUI in its front end's
`keybindings/defaults.ts`. An action that a set does not name keeps its own keys, less those that the set gives away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KeySet = Mapping[str, tuple[str, ...]]
DEFAULT: Final = "Layerloom"
_BLENDER: Final[KeySet] = {
    "search": ("Shift+A",),
    "find_action": ("F3", "Ctrl+K"),
    "delete": ("X", "Del"),
    "cut": ("Shift+Del",),
    "dissolve": ("Ctrl+X", "Ctrl+Del"),
    "duplicate": ("Shift+D",),
    "wire": ("F",),
    "rename": ("F2",),
    "select_all": ("A", "Ctrl+A"),
    "escape": ("Alt+A", "Esc"),
    "align_left": ("Alt+Shift+A",),
    "detach": ("Alt+D", "Alt+X"),
    "align_right": ("Alt+Shift+D",),
    "select_upstream": ("L",),
    "select_downstream": ("Shift+L",),
    "select_connected": ("Ctrl+Shift+L",),
    "select_alike": ("Shift+G",),
    "fit_selection": ("Num+.",),
    "canvas_only": ("Ctrl+Space", "F11"),
    "show_palette": ("T", "Ctrl+1"),
    "tidy": ("Ctrl+Shift+T",),
    "show_inspector": ("N", "Ctrl+2"),
    "add_note": ("Shift+N",),
    "redo": ("Ctrl+Shift+Z",),
    "bypass": ("M", "B"),
    "minimap": ("Alt+M",),
    "train": ("F12", "F5"),
}
_COMFY: Final[KeySet] = {
    "train": ("Ctrl+Return", "F5"),
    "stop": ("Ctrl+Alt+Return", "Shift+F5"),
    "fit_selection": (".",),
    "bypass": ("Ctrl+B", "B"),
    "disable": ("Ctrl+M", "D"),
    "collapse": ("Alt+C", "H"),
    "zoom_in": ("Alt+=", "Alt++", "+", "="),
    "zoom_out": ("Alt+-", "-"),
    "canvas_only": ("F", "F11"),
    "show_palette": ("N", "Ctrl+1"),
    "add_note": ("Shift+N",),
    "frame_selection": ("Ctrl+G",),
    "unframe": ("Ctrl+Shift+G",),
    "group": ("Ctrl+Alt+G",),
    "ungroup": ("Ctrl+Alt+Shift+G",),
    "page_log": ("Ctrl+`", "Alt+7"),
    "minimap": ("Alt+M",),
    "sheet": ("Ctrl+Shift+K", "?"),
}
SETS: Final[Mapping[str, KeySet]] = {DEFAULT: {}, "Blender-like": _BLENDER, "ComfyUI-like": _COMFY}

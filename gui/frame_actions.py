"""The actions on frames and notes, part of the table of actions. Knows neither Qt nor what an action does."""

from __future__ import annotations

from typing import Final

from gui.action import ActionSpec, separator

FRAMES: Final = (
    separator("Layer"),
    ActionSpec(
        "frame_selection", "Layer", "Frame the selection", ("Ctrl+J",), "group",
        "Puts a frame around what is selected, and asks for its title", canvas=True, words=("group", "box", "join"),
    ),
    ActionSpec(
        "add_note", "Layer", "Add a note", ("N",), "sticky-note", "Markdown text, at the mouse or in the middle",
        canvas=True, words=("comment", "text", "markdown"),
    ),
    ActionSpec("fit_frame", "Layer > Frame and note", "Fit the frame to its contents", canvas=True, needs="frames"),
    ActionSpec("select_inside", "Layer > Frame and note", "Select what lies in the frame", canvas=True, needs="frames"),
    ActionSpec(
        "unframe", "Layer > Frame and note", "Dissolve the frame, keep the rest", ("Ctrl+Shift+J",), "ungroup",
        canvas=True, needs="frames", words=("remove the frame", "ungroup"),
    ),
    ActionSpec("open_link", "Layer > Frame and note", "Open a link of the note…", canvas=True, needs="note"),
    separator("Layer > Frame and note"),
    ActionSpec(
        "grow_right", "Layer > Frame and note", "Make it wider", ("Alt+Shift+Right",), canvas=True, needs="annotation",
        words=("resize",),
    ),
    ActionSpec(
        "grow_left", "Layer > Frame and note", "Make it narrower", ("Alt+Shift+Left",), canvas=True,
        needs="annotation", words=("resize",),
    ),
    ActionSpec(
        "grow_down", "Layer > Frame and note", "Make it taller", ("Alt+Shift+Down",), canvas=True, needs="annotation",
        words=("resize",),
    ),
    ActionSpec(
        "grow_up", "Layer > Frame and note", "Make it less tall", ("Alt+Shift+Up",), canvas=True, needs="annotation",
        words=("resize",),
    ),
    separator("Select"),
    ActionSpec("next_annotation", "Select", "Next frame or note", ("]",), canvas=True, needs="annotated"),
    ActionSpec("previous_annotation", "Select", "Previous frame or note", ("[",), canvas=True, needs="annotated"),
)  # fmt: skip

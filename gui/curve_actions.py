"""The actions on curves, part of the table of actions. Knows neither Qt nor what an action does."""

from __future__ import annotations

from typing import Final

from gui.action import ActionSpec, separator

MENU: Final = "Run > Curves"
_WORDS: Final = ("curves", "plot", "loss")
CURVES: Final = (
    *(
        ActionSpec(f"curves_{name}", MENU, words, words=(*_WORDS, "x axis", *more))
        for name, words, more in (
            ("epoch", "Along epochs", ()), ("step", "Along steps", ("iterations",)),
            ("elapsed", "Along the time elapsed", ("seconds",)), ("wall", "Along the wall clock", ("time",)),
        )
    ),
    separator(MENU),
    ActionSpec("curves_log_x", MENU, "Logarithmic x axis", words=(*_WORDS, "log x")),
    ActionSpec("curves_log_y", MENU, "Logarithmic y axis", words=(*_WORDS, "log y")),
    ActionSpec("curves_smoother", MENU, "Smooth more", words=(*_WORDS, "smoothing", "mean")),
    ActionSpec("curves_rougher", MENU, "Smooth less", words=(*_WORDS, "smoothing", "raw")),
    separator(MENU),
    ActionSpec("curves_band", MENU, "Min–max band", words=_WORDS),
    ActionSpec("curves_gap", MENU, "Gap between train and validation", words=(*_WORDS, "overfitting")),
    ActionSpec("curves_marks", MENU, "Marks of what happened", words=(*_WORDS, "events", "flags")),
    ActionSpec("curves_best", MENU, "Best epoch", words=_WORDS),
    ActionSpec("curves_before", MENU, "The run before", words=(*_WORDS, "previous")),
    separator(MENU),
    ActionSpec("curves_fit", MENU, "Show the whole run", (), "maximize", words=(*_WORDS, "reset zoom")),
    ActionSpec("curves_pin", MENU, "Pin the values, or let them go", (), "pin", words=_WORDS),
    ActionSpec("curves_note", MENU, "Note on the curve…", (), "sticky-note", "Where one points, or at the newest step",
               words=(*_WORDS, "mark", "comment", "remark")),
    ActionSpec("curves_bare", MENU, "Take the other runs off the curves", (), "x", words=(*_WORDS, "overlay")),
    ActionSpec("curves_full", MENU, "Curves on the full screen", (), "maximize-2", words=_WORDS),
    separator(MENU),
    ActionSpec("curves_png", MENU, "Export the curves as a picture…", (), "image", words=("png", "plot", "save")),
    ActionSpec("curves_svg", MENU, "Export the curves as a drawing…", (), "download", words=("svg", "vector", "plot")),
    ActionSpec("curves_csv", MENU, "Export the figures as a table…", (), "table", words=("csv", "numbers", "metrics")),
)  # fmt: skip

"""The actions on the feature-map page, part of the table of actions. Knows neither Qt nor what an action does."""

from __future__ import annotations

from typing import Final

from gui.action import ActionSpec, separator

MENU: Final = "Run > Feature maps"
_WORDS: Final = ("maps", "inside", "layer")
LOOKS: Final = (
    *(
        ActionSpec(f"look_{name}", MENU, text, words=(*_WORDS, *words))
        for name, text, words in (
            ("maps", "What the layer makes of a sample", ("activations", "output")),
            ("filters", "Filters of the layer", ("weights", "kernels")),
            ("likeness", "Likeness and noughts of its maps", ("correlation", "sparsity", "dead")),
            ("attention", "What the layer attends to", ("heads", "scores", "tokens")),
            ("states", "State of the layer over time", ("recurrent", "hidden", "LSTM")),
        )
    ),
    separator(MENU),
    ActionSpec("look_before", MENU, "Epoch before", words=(*_WORDS, "scrub", "back")),
    ActionSpec("look_after", MENU, "Epoch after", words=(*_WORDS, "scrub", "on")),
    ActionSpec("look_now", MENU, "Newest epoch", words=(*_WORDS, "follow")),
    ActionSpec("look_play", MENU, "Play the epochs, or hold", (), "play", words=(*_WORDS, "film", "scrub")),
    separator(MENU),
    ActionSpec("look_full", MENU, "Feature maps on the full screen", (), "maximize-2", words=_WORDS),
    ActionSpec("look_png", MENU, "Export what is seen as a picture…", (), "image", words=(*_WORDS, "png", "save")),
)  # fmt: skip

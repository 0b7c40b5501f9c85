"""The actions on the pages Layers, Results, Studies and Analysis. Knows neither Qt nor what an action does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from gui.action import ActionSpec, separator

Words: TypeAlias = tuple[str, ...]
LAYERS: Final = "Run > Layers"
RESULTS: Final = "Run > Results"
STUDIES: Final = "Run > Studies"
ANALYSIS: Final = "Run > Analysis"
_INSIDE: Final = ("layers", "inside")
_JUDGED: Final = ("results", "predictions")


def _views(stem: str, menu: str, known: Words, rows: Iterable[tuple[str, str, Words]]) -> list[ActionSpec]:
    return [ActionSpec(f"{stem}_{name}", menu, text, words=(*known, *words)) for name, text, words in rows]


PAGES: Final = (
    *_views("inside", LAYERS, _INSIDE, (
        ("histograms", "Histograms of the layers", ("weights", "distribution", "ridge")),
        ("gradients", "Gradients by depth", ("vanishing", "exploding", "norm")),
        ("activations", "Activations of the layers", ("outputs", "dead", "saturated")),
        ("updates", "Updates of the weights", ("update ratio", "learning rate")),
    )),
    separator(LAYERS),
    ActionSpec("inside_png", LAYERS, "Export the layers as a picture…", (), "image", words=(*_INSIDE, "png", "save")),
    ActionSpec("inside_csv", LAYERS, "Export the layers' figures as a table…", (), "table",
               "Of all layers, at each look", words=(*_INSIDE, "csv", "numbers", "save")),
    *_views("results", RESULTS, _JUDGED, (
        ("confusion", "Confusion matrix", ("mistakes", "classes")),
        ("classes", "Precision, recall and F1 by class", ("support", "report")),
        ("roc", "ROC curve", ("auc", "threshold", "false alarms")),
        ("precision", "Precision over recall", ("threshold", "average precision")),
        ("residuals", "Residuals", ("regression", "errors")),
        ("worst", "Worst mistakes", ("largest loss", "samples")),
        ("fixed", "Fixed samples through the epochs", ("follow", "watch")),
    )),
    separator(RESULTS),
    ActionSpec(
        "results_collect", RESULTS, "Keep the predictions of every epoch", (), "history",
        "Whether or not the page Results is open; up to a tenth of the time", True, words=(*_JUDGED, "every epoch"),
    ),
    ActionSpec("results_png", RESULTS, "Export the results as a picture…", (), "image",
               words=(*_JUDGED, "png", "save", "confusion")),
    ActionSpec("results_csv", RESULTS, "Export the results as a table…", (), "table", "What the chosen view shows",
               words=(*_JUDGED, "csv", "numbers", "save")),
    ActionSpec("study_png", STUDIES, "Export the study as a picture…", (), "image", words=("studies", "png", "save")),
    ActionSpec("study_csv", STUDIES, "Export the study as a table…", (), "table", words=("studies", "csv", "save")),
    ActionSpec("analysis_markdown", ANALYSIS, "Copy the analysis as Markdown", (), "copy", "The chosen rows, or all",
               words=("table", "summary", "clipboard")),
    ActionSpec("analysis_csv", ANALYSIS, "Copy the analysis as CSV", (), "copy", "The chosen rows, or all",
               words=("table", "summary", "clipboard", "spreadsheet")),
)  # fmt: skip

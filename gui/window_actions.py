"""The actions of the window: files, what is shown, the run, help. Data alone; knows not what an action does."""

from __future__ import annotations

from typing import Final

from gui.action import ActionSpec
from gui.action import separator as _separator
from gui.alive_actions import CARRIED, SAMPLES
from gui.curve_actions import CURVES
from gui.look_actions import LOOKS
from gui.page_actions import PAGES

FILE: Final = (
    ActionSpec("new", "File", "New", ("Ctrl+N",), "file-plus"),
    ActionSpec(
        "gallery",
        "File",
        "New from template…",
        ("Ctrl+Shift+N",),
        "layout-grid",
        "Networks of the courses, by topic",
        words=("gallery", "examples", "networks", "LeNet", "ResNet", "transformer", "courses"),
    ),
    ActionSpec("new_digits", "File", "New from the digits network", (), "brain"),
    ActionSpec("open", "File", "Open…", ("Ctrl+O",), "folder-open"),
    _separator("File"),
    ActionSpec("save", "File", "Save", ("Ctrl+S",), "save"),
    ActionSpec("save_as", "File", "Save As…", ("Ctrl+Shift+S",), "save-all"),
    _separator("File"),
    ActionSpec(
        "add_layer_file",
        "File",
        "Layers from a Python file…",
        (),
        "layers",
        "Off until you trust that very file",
        words=("own layers", "custom layer", "import", "plugin", "trust"),
    ),
    ActionSpec(
        "layer_files",
        "File",
        "The project's files of layers…",
        (),
        "lock",
        "Look at them, trust them or not",
        blocked="This project takes layers from no file.",
        words=("own layers", "custom layer", "trust"),
    ),
    _separator("File"),
    ActionSpec("export_code", "File", "Export Python script…", ("Ctrl+E",), "code"),
    ActionSpec("export_model", "File", "Export Keras model…", (), "download"),
    _separator("File"),
    ActionSpec("quit", "File", "Quit", ("Ctrl+Q",), "log-out", words=("exit", "close")),
)
VIEW: Final = (
    ActionSpec("fit_all", "View", "Show all", ("Home",), "maximize", canvas=True, words=("fit", "view all")),
    ActionSpec("fit_selection", "View", "Show the selection", ("F",), "scan", canvas=True, words=("fit", "frame")),
    ActionSpec("zoom_in", "View", "Zoom in", ("Ctrl++", "Ctrl+=", "+", "="), "zoom-in"),
    ActionSpec("zoom_out", "View", "Zoom out", ("Ctrl+-", "-"), "zoom-out"),
    ActionSpec("zoom_reset", "View", "Actual size", ("Ctrl+0", "1"), "", words=("zoom 100%",)),
    ActionSpec(
        "back", "View", "Back", ("Alt+Left",), "arrow-left", "To the place seen before", words=("previous place",)
    ),
    ActionSpec("forward", "View", "Forward", ("Alt+Right",), "arrow-right", "To the place left by going back"),
    _separator("View"),
    ActionSpec("minimap", "View", "Minimap", ("M",), "map", checkable=True, words=("overview", "navigator")),
    *CARRIED,
    ActionSpec("show_palette", "View", "Palette", ("Ctrl+1",), "panel-left", checkable=True),
    ActionSpec("show_inspector", "View", "Inspector", ("Ctrl+2",), "panel-right", checkable=True),
    ActionSpec("show_monitor", "View", "Monitor", ("Ctrl+3",), "panel-bottom", checkable=True),
    ActionSpec("show_help", "View", "Help panel", ("Ctrl+4",), "circle-help", checkable=True, words=("pages",)),
    ActionSpec(
        "next_panel", "View", "Go to the next panel", ("F6",), "", "Canvas, inspector, monitor, palette",
        words=("focus", "keyboard"),
    ),
    ActionSpec("previous_panel", "View", "Go to the panel before", ("Shift+F6",), "", words=("focus", "keyboard")),
    ActionSpec("canvas_only", "View", "Canvas alone", ("F11",), "maximize-2", checkable=True, words=("full screen",)),
    ActionSpec("move_panels", "View", "Move panels", (), "", "Gives each panel a bar by which it moves", True),
    ActionSpec("reset_panels", "View", "Put panels back", (), "rotate-ccw"),
    _separator("View"),
    ActionSpec("dark", "View > Theme", "Dark theme", (), "moon", checkable=True),
    ActionSpec("light", "View > Theme", "Light theme", (), "sun", checkable=True),
    ActionSpec(
        "less_motion",
        "View",
        "Less motion",
        (),
        "",
        "Views and layers are in their places at once",
        True,
        words=("animation", "reduce"),
    ),
    ActionSpec("system", "View > Theme", "The system's theme", (), "monitor", checkable=True),
)  # fmt: skip
RUN: Final = (
    ActionSpec(
        "train", "Run", "Train", ("F5", "Ctrl+Return"), "play", blocked="A run is under way.",
        words=("fit", "run", "start"),
    ),
    ActionSpec(
        "stop", "Run", "Stop", ("Shift+F5",), "square", "Stops after the step under way", blocked="Nothing is running."
    ),
    ActionSpec(
        "pause", "Run", "Pause", ("F8", "Pause"), "pause", "Holds the run after the step under way, or lets it go on",
        blocked="Nothing is training.", words=("hold", "resume", "continue", "go on"),
    ),
    ActionSpec(
        "stop_after_epoch", "Run", "Stop after the epoch", ("Ctrl+Shift+F5",), "", blocked="Nothing is training.",
        words=("end", "finish"),
    ),
    ActionSpec(
        "train_on", "Run", "Train on…", ("Ctrl+F5",), "redo-dot", "More epochs for the last run, as if it never ended",
        blocked="There is no trained model of this drawing. Train it first.", words=("continue", "more epochs", "fit"),
    ),
    ActionSpec(
        "set_rate", "Run", "Change the learning rate…", (), "sliders-horizontal", "While the run goes on",
        blocked="Nothing is training.", words=("lr", "slower", "faster", "step size"),
    ),
    ActionSpec(
        "evaluate", "Run", "Evaluate on the test set", (), "flask-conical",
        blocked="There is no trained model of this drawing. Train it first.",
    ),
    *SAMPLES,
    _separator("Run"),
    ActionSpec("page_curves", "Run", "Curves", ("Alt+1",), "chart-line", words=("loss", "page")),
    ActionSpec("page_maps", "Run", "Feature maps", ("Alt+2",), "grid-3x3", words=("page",)),
    ActionSpec(
        "page_layers", "Run", "Layers", ("Alt+U",), "activity",
        "Weights, gradients and outputs of each layer over time",
        words=("histograms", "gradients", "activations", "updates", "dead", "vanishing", "inside", "page"),
    ),
    ActionSpec(
        "page_studies", "Run", "Studies", ("Alt+T",), "scan-eye",
        "Ask the network: saliency, Grad-CAM, decision boundary, loss landscape, embedding",
        words=("saliency", "occlusion", "pca", "t-sne", "umap", "explain", "landscape", "boundary", "page"),
    ),
    ActionSpec("page_training", "Run", "Training recipe", ("Alt+3",), "sliders-horizontal", words=("page",)),
    ActionSpec("page_code", "Run", "Code", ("Alt+4",), "code", words=("python", "page")),
    ActionSpec(
        "page_runs", "Run", "Runs", ("Alt+0",), "history", "All that was trained: compared, restored, reported",
        words=("experiments", "history", "compare", "page"),
    ),
    ActionSpec(
        "page_results", "Run", "Results", ("Alt+5",), "list-checks", "What the network gets right and wrong",
        words=("confusion", "precision", "recall", "f1", "roc", "auc", "residuals", "mistakes", "test", "page"),
    ),
    ActionSpec(
        "page_writing", "Run", "Writing", ("Alt+9",), "pencil", "A trained network continues a text, answers, tells",
        words=("generate", "sample", "decode", "caption", "text", "page"),
    ),
    ActionSpec("page_problems", "Run", "Problems", ("Alt+6",), "triangle-alert", words=("errors", "page")),
    ActionSpec(
        "mend", "Run", "Mend the problem", ("Alt+Return",), "wand-sparkles",
        "Do what is offered first: for the chosen problem, the selected layer, or the first that can be mended",
        words=("fix", "quick fix", "repair", "solve"),
    ),
    ActionSpec(
        "page_analysis", "Run", "Analysis", ("Alt+8",), "table", "Shapes, parameters and cost of each layer as a table",
        words=("summary", "table", "parameters", "multiply-adds", "flops", "memory", "page"),
    ),
    ActionSpec("page_log", "Run", "Log", ("Alt+7",), "terminal", words=("output", "page")),
    _separator("Run"),
    *CURVES,
    *LOOKS,
    *PAGES,
)  # fmt: skip
_RUNS: Final = "Run > Chosen runs"
KEPT_RUNS: Final = (
    ActionSpec(
        "run_restore", _RUNS, "Restore the drawing of the run", (), "rotate-ccw", "And its recipe, as one step",
        words=("history", "go back"),
    ),
    ActionSpec(
        "run_compare", _RUNS, "Compare the run's drawing with this one", (), "scan-eye",
        "What came, went and changed since, on the canvas", words=("difference", "diff"),
    ),
    ActionSpec(
        "run_overlay", _RUNS, "Lay the runs over the curves", (), "layers",
        "Over those of the run under way; O in the table",
        words=("overlay", "compare", "curves"),
    ),
    ActionSpec(
        "run_export", _RUNS, "Export the model of the run…", (), "download",
        "With the weights of an epoch that were kept",
        words=("keras", "checkpoint", "weights", "save"),
    ),
    ActionSpec(
        "run_evaluate", _RUNS, "Evaluate the run on the test set", (), "flask-conical",
        "With the weights of an epoch that were kept", words=("checkpoint", "weights", "measure"),
    ),
    ActionSpec("runs_details", _RUNS, "Details of the run", (), "info", "All that is known of it, and its weights",
               words=("checkpoints", "weights", "facts", "test looks")),
    ActionSpec("runs_curves", _RUNS, "Curves of the runs", (), "chart-line", "Over each other",
               words=("compare", "seeds", "mean", "deviation")),
    ActionSpec("runs_differences", _RUNS, "Difference of two runs", (), "replace", words=("compare", "diff")),
    ActionSpec("runs_parallel", _RUNS, "Runs on parallel axes", (), "align-horizontal-space-between",
               words=("hyperparameters", "compare")),
    ActionSpec("runs_columns", _RUNS, "Columns of the table of runs…", (), "table", words=("choose", "show", "hide")),
    ActionSpec("runs_filter", _RUNS, "Filter the runs", (), "search", "By words, or val_loss<0.3",
               words=("find", "query")),
    ActionSpec("run_report", _RUNS, "Write a report of the runs…", (), "file", "One HTML file", words=("export",)),
    ActionSpec(
        "run_events", _RUNS, "Write the runs for TensorBoard", (), "chart-line", "Into a folder beside each record",
        words=("export", "event files"),
    ),
    ActionSpec("run_folder", _RUNS, "Open the run's folder", (), "folder-open", words=("files", "record")),
    ActionSpec("run_archive", _RUNS, "Archive the runs", (), "box", "Or take them out of the archive"),
    ActionSpec("run_delete", _RUNS, "Delete the runs", (), "trash-2", "They can be put back for 30 days"),
)  # fmt: skip
HELP: Final = (
    ActionSpec(
        "help", "Help", "Help on the layer", ("F1",), "circle-help", "The selected one, or the one in the palette",
        words=("what is", "explain", "documentation", "page", "shapes", "formula"),
    ),
    ActionSpec(
        "tour", "Help", "Tour of this template", (), "route", "A few steps through the window",
        blocked="This drawing comes from no template. File › New from template has some.",
        words=("guide", "introduction", "tutorial", "learn"),
    ),
    ActionSpec("sheet", "Help", "Keyboard shortcuts", ("?",), "keyboard", words=("keys", "mouse", "help")),
    _separator("Help"),
    ActionSpec("about", "Help", "About Layerloom", (), "info"),
)  # fmt: skip

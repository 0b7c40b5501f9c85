"""What can be chosen for a study, as a form; each study shows its own rows. Knows no run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QWidget,
)

from engine.study_messages import LIKELIEST
from gui.editors.boxes import Decimal, Layers, Listed, Whole
from gui.monitor.sample import SAMPLES
from gui.monitor.switch import Switch
from gui.studies.choice import METHODS, Choice, lacks

LETTERS: Final = 12
HUNDRED: Final = 100
LIKELY: Final = "The likeliest"
LABELS: Final = {
    "sample": "Sample", "output": "Output", "number": "Class", "look": "Shown", "copies": "Copies", "cam": "Layer",
    "patch": "Patch", "layer": "Layer", "rows": "", "method": "By", "view": "View", "side": "Places", "reach": "Reach",
    "samples": "Samples", "seed": "Seed", "opacity": "Opacity",
}  # fmt: skip
TIPS: Final = {
    "sample": f"One of the first {SAMPLES} validation samples",
    "output": "The output of the network that is asked about; of an embedding, whose classes colour the samples",
    "number": "The class whose score is asked about",
    "look": "How strongly the score changes, or the gradient times the input, which is for or against",
    "copies": "SmoothGrad: the mean over so many copies with noise",
    "cam": "The layer whose maps are weighed",
    "patch": "How wide the cover is, in pixels",
    "layer": "The layer whose output is looked at",
    "rows": "The rows of the embedding, each with its word, in the place of samples",
    "method": "How many numbers become two or three",
    "side": "So many places a side are measured",
    "reach": "How far each direction goes; each filter is as long as the network's own at 1",
    "samples": "So many validation samples are measured at each place",
    "seed": "The lot by which the directions are drawn",
    "opacity": "Of what lies over the sample",
}


class Options(QWidget):
    """Emits `changed` where another question follows, `shown` where only the picture does."""

    changed = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, QWidget] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(6)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._make_numbers()
        self._make_lists()
        self._make_looks()
        for name, words in LABELS.items():
            self._add(name, words)

    def _add(self, name: str, words: str) -> None:
        field = self.fields[name]
        field.setToolTip(TIPS.get(name, ""))
        field.setAccessibleName(words or "Rows of the embedding")
        label = QLabel(words)
        label.setProperty("role", "second")
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)  # else it stands too high
        self._form.addRow(label, field)

    def _make_numbers(self) -> None:
        for name, low, high, value, step in (
            ("sample", 0, SAMPLES - 1, 0, 1), ("copies", 0, 100, 0, 10), ("patch", 0, 64, 0, 1),
            ("side", 5, 101, 25, 10), ("samples", 16, 10_000, 256, 64), ("seed", 0, 999, 0, 1),
        ):  # fmt: skip
            field = Whole()
            field.setRange(low, high)
            field.setSingleStep(step)
            field.setValue(value)
            field.valueChanged.connect(lambda _value: self.changed.emit())
            self.fields[name] = field
        self._spin("sample").setWrapping(True)
        self._spin("copies").setSpecialValueText("none")
        self._spin("patch").setSpecialValueText("an eighth")
        reach = Decimal()
        reach.setRange(0.05, 5)
        reach.setSingleStep(0.25)
        reach.setValue(1)
        reach.valueChanged.connect(lambda _value: self.changed.emit())
        self.fields["reach"] = reach

    def _make_lists(self) -> None:
        for name in ("output", "number", "cam", "layer", "method"):
            field = Layers() if name in ("cam", "layer") else Listed()
            field.setMinimumContentsLength(LETTERS)
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.currentIndexChanged.connect(lambda _place: self.changed.emit())
            self.fields[name] = field
        with QSignalBlocker(self._list("method")):
            for name, (title, _, _) in METHODS.items():
                self._list("method").addItem(title, name)
                why = lacks(name)
                item = cast(QStandardItemModel, self._list("method").model()).item(self._list("method").count() - 1)
                item.setEnabled(not why)
                item.setToolTip(why)
        rows = QCheckBox("Words, not samples")
        rows.toggled.connect(lambda _on: self.changed.emit())
        self.fields["rows"] = rows
        self.list_classes(())

    def _make_looks(self) -> None:
        look, view = (
            Switch("Shown", {"strength": "Strength", "times": "× input"}),
            Switch("View", {"2": "2-D", "3": "3-D"}),
        )
        opacity = QSlider(Qt.Orientation.Horizontal)
        opacity.setRange(0, HUNDRED)
        opacity.setValue(80)
        look.chosen.connect(lambda _word: self.shown.emit())
        view.chosen.connect(lambda _word: self.shown.emit())
        opacity.valueChanged.connect(lambda _value: self.shown.emit())
        for switch in (look, view):
            switch.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.fields |= {"look": look, "view": view, "opacity": opacity}

    # -- what there is to choose

    def show_rows(self, names: Sequence[str]) -> None:
        """Show these options alone."""
        for name, field in self.fields.items():
            self._form.setRowVisible(field, name in names)

    def list_outputs(self, names: Sequence[str]) -> None:
        """Offer the outputs by their names."""
        self._fill("output", [(name, place) for place, name in enumerate(names)])

    def list_classes(self, names: Sequence[str]) -> None:
        """Offer classes by their names, and the likeliest; one that was chosen is held where it is still there."""
        field = self._list("number")
        rows: list[tuple[str, Any]] = [(LIKELY, LIKELIEST), *((name, place) for place, name in enumerate(names))]
        if (field.currentText(), field.currentData()) not in rows:
            with QSignalBlocker(field):
                field.setCurrentIndex(0)  # a class of another output that has its number is not meant
        self._fill("number", rows)

    def list_layers(self, layers: Sequence[tuple[str, str]], first: str) -> None:
        """Offer layers by id and words; `first` is looked at before anybody chose."""
        self._fill("cam", [("The last convolution", ""), *((words, id) for id, words in layers)])
        self._fill("layer", [(words, id) for id, words in layers], first)

    def _fill(self, name: str, rows: Sequence[tuple[str, Any]], first: Any = None) -> None:
        field, before = self._list(name), self._list(name).currentData()
        if rows == [(field.itemText(i), field.itemData(i)) for i in range(field.count())]:
            return
        with QSignalBlocker(field):
            field.clear()
            for words, data in rows:
                field.addItem(words, data)
            held = field.findData(before)
            field.setCurrentIndex(held if held >= 0 and before is not None else max(0, field.findData(first)))

    # -- what is chosen

    @property
    def choice(self) -> Choice:
        spins = {name: self._spin(name).value() for name in ("sample", "copies", "patch", "side", "samples", "seed")}
        return Choice(
            number=self._data("number", LIKELIEST), cam=self._data("cam", ""), layer=self._data("layer", ""),
            method=self._data("method", "pca"), output=self._data("output", 0), rows=self._rows,
            reach=cast(QDoubleSpinBox, self.fields["reach"]).value(), **spins,
        )  # fmt: skip

    @property
    def _rows(self) -> bool:
        """Whether rows are looked at: of a layer that has none, the tick is hidden and means nothing."""
        field = cast(QCheckBox, self.fields["rows"])
        return field.isChecked() and self._form.isRowVisible(field)

    @property
    def look(self) -> str:
        return cast(Switch, self.fields["look"]).choice

    @property
    def solid(self) -> bool:
        return cast(Switch, self.fields["view"]).choice == "3"

    @property
    def opacity(self) -> float:
        return cast(QSlider, self.fields["opacity"]).value() / HUNDRED

    def _spin(self, name: str) -> QSpinBox:
        return cast(QSpinBox, self.fields[name])

    def _list(self, name: str) -> QComboBox:
        return cast(QComboBox, self.fields[name])

    def _data(self, name: str, without: Any) -> Any:
        found = self._list(name).currentData()
        return without if found is None else found

"""help.json is what the writer writes, its shapes are those of Keras; the writer refuses what does not meet."""

from __future__ import annotations

import re
from pathlib import Path

import keras
import pytest

from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.graph import Graph
from engine.help import FILE, pages
from engine.specs import LayerSpec
from engine.worker import construct
from engine.worker import help as writer
from tests.worker.shapes import axes, dtype_of, given

TEXT = writer.TOML.read_text(encoding="utf-8")
SHIPPED = catalogue()
#: Layers whose axes are named by what stands in them, which no name says.
UNNAMED = (
    "InputLayer", "EinsumDense", "Permute", "Dot", "Reshape", "SpectralNormalization", "Bidirectional",
    "TimeDistributed",
)  # fmt: skip


def test_regenerating_equals_the_committed_file() -> None:
    assert writer.spell(writer.generate(TEXT)) == FILE.read_text(encoding="utf-8")


def test_a_wrong_word_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "help.toml"
    wrong.write_text(TEXT.replace("\nDense  ", "\nDensest", 1), encoding="utf-8")
    monkeypatch.setattr(writer, "TOML", wrong)
    assert writer.main(["--to", str(tmp_path / "help.json")]) == 1
    assert re.fullmatch(r"[^\n]*Densest[^\n]*\n", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[dropped]", "[dropping]", "dropped, dropping"),
        ('["Resizing", "CenterCrop", "RandomCrop"]', '["Resizing", "CentreCrop"]', "CentreCrop"),
        ('"Adaptive*"           =', '"Adaptiv?"           =', "Adaptiv?"),
        ('RandAugment         = "ResNets', 'Embedding         = "ResNets', "[met] tells of every layer"),
        ('Flatten             = ["y', 'Reshapes = ["y', "Reshapes"),
        (', mask = "batch × time" }\nGRU', " }\nGRU", "each port of LSTM"),
    ],
)
def test_the_writer_refuses(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(EngineError, match=re.escape(said)):
        writer.generate(TEXT.replace(old, new, 1))


# -- what is said of shapes is so


def promised(spec: LayerSpec) -> tuple[dict[str, int], tuple[int | None, ...]]:
    """The lengths by axis that went into a new layer, and the shape that Keras says comes out."""
    page, node = pages()[spec.name], SHIPPED.new_node(Graph(), spec.name)
    ports = [port for port in SHIPPED.inputs(node) if not port.optional]
    rank = next((rank for rank in spec.ranks if rank >= 3), 2)
    shapes = [given(spec.name, page.takes[port.name], rank) for port in ports]
    shapes = shapes * 2 if ports[0].many else shapes
    inputs = [keras.KerasTensor((None, *shape), dtype=dtype_of(spec.name)) for shape in shapes]
    listed = ports[0].many or ports[0].index is not None
    made = construct.layer(spec.name, node.values)
    output = made(inputs) if listed else made(*inputs)
    names = {
        axis: length
        for port, shape in zip(ports, shapes, strict=False)
        for axis, length in zip(axes(page.takes[port.name])[1:], shape, strict=False)
        if "…" not in axes(page.takes[port.name])
    }
    values = {p.name: SHIPPED.value(node, p.name) for p in spec.parameters}
    return names | {name: value for name, value in values.items() if isinstance(value, int)}, output.shape


@pytest.mark.parametrize(
    "name", [name for name, spec in SHIPPED.layers.items() if name not in UNNAMED and not spec.operation]
)
def test_the_axes_that_a_page_names_are_those_of_keras(name: str) -> None:
    names, shape = promised(SHIPPED.layers[name])
    told = axes(pages()[name].gives["output"])
    if "…" not in told:
        assert len(shape) == len(told)
    for axis, length in [*zip(told, shape, strict=False)][: told.index("…") if "…" in told else None]:
        if axis in names:
            assert length == names[axis], axis
    if told[-1] in names:
        assert shape[-1] == names[told[-1]], told[-1]
    assert shape[0] is None

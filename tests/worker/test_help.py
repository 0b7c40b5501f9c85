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

TEXT = writer.TOML.read_text(encoding="utf-8")
SHIPPED = catalogue()
#: Lengths of axes by their names, each another one, so that a wrong axis shows.
LENGTHS = {
    "time": 24, "query time": 7, "value time": 9, "height": 26, "width": 28, "depth": 24, "channels": 6, "features": 32,
    "value features": 32, "classes": 11, "samples": 8000, "1": 1, "3": 3,
}  # fmt: skip
#: Lengths that a layer cannot do without.
OWN_LENGTHS = {
    "GroupNormalization": {"channels": 64}, "CodeDistance": {"features": 84}, "TableConv2D": {"channels": 6},
}  # fmt: skip
#: Layers whose axes are named by what stands in them, which no name says.
UNNAMED = (
    "InputLayer", "EinsumDense", "Permute", "Dot", "Reshape", "SpectralNormalization", "Bidirectional",
    "TimeDistributed",
)  # fmt: skip
#: Layers that take whole numbers.
WHOLE = ("Embedding", "ReversibleEmbedding", "CategoryEncoding", "Hashing", "HashedCrossing", "IntegerLookup")


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


def axes(shape: str) -> list[str]:
    """The names of a shape's axes, of its first form."""
    return re.split(r"[;,]| if | in training", shape)[0].strip().split(" × ")


def given(name: str, shape: str, rank: int) -> tuple[int, ...]:
    """Lengths for the axes of an input, its free ones made so many that the rank is met; the batch left out."""
    lengths = LENGTHS | OWN_LENGTHS.get(name, {})
    named = axes(shape)
    if "…" in named:
        place = named.index("…")
        named = [*named[:place], *(["free"] * (rank - len(named) + 1)), *named[place + 1 :]]
    return tuple(lengths.get(axis, 5) for axis in named[1:])


def promised(spec: LayerSpec) -> tuple[dict[str, int], tuple[int | None, ...]]:
    """The lengths by axis that went into a new layer, and the shape that Keras says comes out."""
    page, node = pages()[spec.name], SHIPPED.new_node(Graph(), spec.name)
    ports = [port for port in SHIPPED.inputs(node) if not port.optional]
    rank = next((rank for rank in spec.ranks if rank >= 3), 2)
    shapes = [given(spec.name, page.takes[port.name], rank) for port in ports]
    shapes = shapes * 2 if ports[0].many else shapes
    dtype = "int32" if spec.name in WHOLE else "float32"
    inputs = [keras.KerasTensor((None, *shape), dtype=dtype) for shape in shapes]
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


@pytest.mark.parametrize("name", [name for name in SHIPPED.layers if name not in UNNAMED])
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

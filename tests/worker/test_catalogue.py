"""layers.json is what the writer writes, and all of it constructs in Keras; the writer refuses what does not meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import keras
import pytest

from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.graph import Graph
from engine.kinds import PARTS, ParameterSpec
from engine.specs import PART_KINDS
from engine.values import FrozenMap, Part, Value
from engine.worker import catalogue as writer
from engine.worker import construct, signatures, vocabulary

TEXT = writer.TOML.read_text(encoding="utf-8")
SHIPPED = catalogue()
LAYERS = {name: spec for name, spec in SHIPPED.layers.items() if not spec.operation}
#: What a value at its bound wants beside it.
BESIDE: dict[tuple[str, str], dict[str, Value]] = {
    ("GroupQueryAttention", "num_query_heads"): {"num_key_value_heads": 1},
    ("IntegerLookup", "max_tokens"): {"vocabulary": (1,)},
    ("AUC", "num_labels"): {"multi_label": True},
    ("IoU", "num_classes"): {"target_class_ids": (0,)},
    ("OneHotIoU", "num_classes"): {"target_class_ids": (0,)},
}


# -- the file


def test_regenerating_equals_the_committed_file() -> None:
    assert writer.spell(writer.generate(TEXT, writer.known_ranks(), writer.known_types())) == writer.JSON.read_text(
        encoding="utf-8"
    )


def test_the_program_writes_the_file(tmp_path: Path) -> None:
    written = tmp_path / "layers.json"
    assert writer.main(["--to", str(written)]) == 0
    assert written.read_bytes() == writer.JSON.read_bytes()


def test_a_wrong_vocabulary_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "layers.toml"
    wrong.write_text(TEXT.replace('"Dense",', '"Densest",', 1), encoding="utf-8")
    monkeypatch.setattr(writer, "TOML", wrong)
    assert writer.main(["--to", str(tmp_path / "layers.json")]) == 1
    assert re.fullmatch(r"[^\n]*Densest[^\n]*\n", capsys.readouterr().err)


WRONG = [
    ("a layer that Keras lacks", '"Dense",', '"Dense", "Densest",', "Keras has a public layer of that name"),
    ("an alias of a layer", '"MaxPooling1D",', '"MaxPooling1D", "MaxPool1D",', "Keras has a public layer of that name"),
    ("a layer neither taken nor left out", '"Masking",', "", "in the palette or left out"),
    ("a part that values cannot make", '"LossScaleOptimizer"', "", "what kind inner_optimizer of optimizer LossScale"),
    ("a layer taken and left out", '["Lambda"]', '["Lambda", "Dense"]', "taken or left out, not both"),
    ("a layer left out that Keras lacks", '["Lambda"]', '["Lambada"]', "Keras has a public layer of that name"),
    ("an activation that Keras lacks", '["glu"]', '["glue"]', "Keras has an activation of that name"),
    ("a parameter that no class has", "units            =", "unites = { kind = 'int' }\nunits            =", "unites"),
    ("a pattern that fits nothing", '"lora_*"', '"flora_*"', "flora_"),
    ("a parameter without a kind", "equation         =", "# =", "what kind equation"),
    ("a parameter without a start", "min = 1, start = 64 }\nfilters", "min = 1 }\nfilters", "units has a start"),
    ("a start that does not fit", "min = 1, start = 64 }\nfilters", "min = 1, start = 0 }\nfilters", "at least 1"),
    ("a default that does not fit", '["valid", "same"] }', '["same"] }', "padding expects one of: same"),
    ("an unknown kind", 'n                = { kind = "int"', 'n                = { kind = "whole"', "whole"),
    ("an unknown word", 'n                = { kind = "int"', 'n                = { sort = "int"', "sort"),
    ("an unknown section", "[aliases]", "[colours]\nred = 1\n[aliases]", "colours"),
    ("an unknown family", "[own.loss]", "[own.gain]\n[own.loss]", "gain"),
    ("an own word of a class that is not there", "Ftrl.beta ", "Fttl.beta ", "Fttl"),
    ("an own word of a parameter that is not there", "Ftrl.beta ", "Ftrl.betta ", "betta"),
    ("a call argument that no layer has", "training        =", 'trainig = "hidden"\ntraining        =', "trainig"),
    ("a call argument that is not told", "count_weights   =", "# =", "count_weights"),
    ("an input of an argument that is not there", "Add.inputs ", "Add.input ", "Add.input"),
    ("an output of a parameter that is not there", "GRU.return_state ", "GRU.return_states ", "GRU.return_states"),
    ("a port that cannot be read", '["query", "value", "key?"]', '["query", "value", "key!"]', "key!"),
    ("a unit of no parameter", '["RepeatVector.n"]', '["RepeatVektor.n"]', "RepeatVektor.n"),
    ("an alias of no layer", '"Conv?D"  ', '"Convo?D"  ', "Convo?D"),
    ("a summary of no layer", "Softmax                = \"", "Softermax = \"", "Softermax"),
    ("a brief that is no parameter", 'brief = ["shape",', 'brief = ["shape", "colour",', "colour"),
    ("ranks of no layer", "RandomCrop = [4]", "RandomCut = [4]", "RandomCut"),
    ("a parameter without a help",
     'help = "The shape of one sample, without the batch; nothing where a length is free."', 'help = ""',
     "has a help for shape"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_the_writer_refuses(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(EngineError, match=re.escape(said)):
        writer.generate(TEXT.replace(old, new, 1), {})


def test_every_public_name_of_keras_is_in_the_palette_or_left_out_for_a_reason() -> None:
    """A class once, by whatever of its names; functions and what else there is are no layers."""
    said = vocabulary.read(TEXT)
    left = {name: reason for reason, names in said.left_out["layer"].items() for name in names}
    for name in dir(keras.layers):
        item = getattr(keras.layers, name)
        if not isinstance(item, type) or not issubclass(item, keras.layers.Layer):
            continue
        names = {other for other in dir(keras.layers) if getattr(keras.layers, other) is item}
        known = names & (SHIPPED.layers.keys() | left.keys())
        assert len(known) == 1, f"{name} is neither in the palette nor left out, or both"
    assert all(len(reason) > 10 for reason in left.values())
    assert len(LAYERS) - sum(spec.own for spec in LAYERS.values()) >= 120


def test_a_layer_of_ours_is_marked_and_one_of_keras_is_not() -> None:
    for name, spec in LAYERS.items():
        assert spec.own is not hasattr(keras.layers, name)


# -- all of it constructs


def choices(parameter: ParameterSpec) -> Iterator[Value]:
    """Everything that a form offers for a parameter, and its bounds."""
    if parameter.kind == "bool":
        yield from (True, False)
    elif parameter.kind in PARTS:
        yield from (SHIPPED.new_part(parameter.kind, name) for name in parameter.choices)
    elif parameter.kind == "rate":
        yield from (SHIPPED.new_part("schedule", name) for name in parameter.choices)
    elif parameter.kind in ("choice", "dtype", "activation"):
        yield from parameter.choices
    if parameter.optional:
        yield None
    if parameter.kind in ("int", "float", "rate", "sizes", "pairs", "range"):
        for bound in (parameter.minimum, parameter.maximum):
            if bound is not None:
                yield (bound, bound) if parameter.kind == "range" and parameter.length == 2 else bound


def every_way(owner: str, held: dict[str, Value], parameters: tuple[ParameterSpec, ...]) -> Iterator[dict[str, Value]]:
    """The values of a new object, then those with each parameter changed in each way."""
    yield held
    for parameter in parameters:
        for value in choices(parameter):
            beside = BESIDE.get((owner, parameter.name), {})
            yield {**held, **beside, parameter.name: SHIPPED.check(parameter, value)}


@pytest.mark.once
@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_constructs_in_every_way(name: str) -> None:
    spec = LAYERS[name]
    held = dict(SHIPPED.new_node(Graph(), name).values)
    for values in every_way(name, held, spec.parameters):
        layer = construct.layer(name, values, "given")
        assert layer.name == "given"
        assert type(layer) is signatures.public("layer")[name]


@pytest.mark.parametrize("kind", PART_KINDS)
def test_a_part_constructs_in_every_way(kind: str) -> None:
    for name, spec in SHIPPED.parts[kind].items():
        for values in every_way(name, dict(SHIPPED.new_part(kind, name).values), spec.parameters):
            made = construct.part(kind, Part(name, FrozenMap(values)))
            assert type(made) is signatures.public(kind)[name]


def test_every_activation_is_found_by_its_name() -> None:
    for name in SHIPPED.activations:
        assert keras.activations.get(name).__name__ == name


def test_a_stem_is_how_keras_names_a_layer() -> None:
    for name, spec in LAYERS.items():
        made = construct.layer(name, SHIPPED.new_node(Graph(), name).values).name
        assert re.sub(r"_\d+$", "", made) == ("input_layer" if name == "InputLayer" else spec.stem)


def test_defaults_are_those_of_keras() -> None:
    """What a spec calls the default, given outright, makes the layer that Keras makes without it."""
    for name, spec in LAYERS.items():
        held = SHIPPED.new_node(Graph(), name).values
        full = {p.name: p.default for p in spec.parameters if not p.required and p.default is not None}
        plain, spelled = (construct.layer(name, {**full, **held} if all_ else held, "x") for all_ in (False, True))
        assert _figures(spelled.get_config()) == _figures(plain.get_config()), name


def _figures(config: object) -> object:
    """A configuration whose numbers and lists compare by value; drawn seeds and counted names left out."""
    if isinstance(config, dict):
        return {key: _figures(item) for key, item in config.items() if key not in ("seed", "dtype", "name")}
    if isinstance(config, list | tuple):
        return [_figures(item) for item in config]
    return config


# -- reading docstrings


def test_markup_is_cleaned() -> None:
    assert signatures.clean("see [the\n  paper](https://a.b/c), `x` and **y**") == "See the paper, x and y"
    long = "A sentence of some words. " * 40
    assert signatures.clean(long).endswith("words.")
    assert len(signatures.clean(long)) <= signatures.LONGEST


def test_helps_are_read_through_unindented_code() -> None:
    class Documented:
        """Summary.

                Args:
                    units: How many,
                        in all.
                    rate (float): A share.
                    **kwargs: More.

                Returns:
                    units: not this.
                ```python
        unindented()
        ```
                Call arguments:
                    mask: A mask.
        """

    helps = signatures.helps(Documented, ("units", "rate", "mask"))
    assert helps == {"units": "How many, in all.", "rate": "A share.", "mask": "A mask."}


def test_port_words() -> None:
    (port,) = vocabulary.ports("initial_state", "states*?")
    assert (port.name, port.argument, port.index, port.many, port.optional) == (
        "states",
        "initial_state",
        None,
        True,
        True,
    )
    assert [port.index for port in vocabulary.ports("inputs", ["first", "second"])] == [0, 1]

"""Trust is of one text at one place, given by the person alone; whatever is otherwise is off, and says why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import foreign, layerfiles
from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.foreign import Standing, message, standing, with_files
from engine.layerfiles import Described
from engine.structure import LAYER_FILES, problems
from engine.trust import Trust
from engine.values import FrozenMap
from tests import owned

BODY = {
    "group": "Own", "stem": "swish", "own": True, "file": "my_layers",
    "inputs": [{"name": "input", "argument": "x"}], "outputs": [{"name": "output"}],
    "parameters": [{"name": "beta", "kind": "float", "default": 1.0}],
}  # fmt: skip


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    return Trust(tmp_path / "kept" / "trusted.json")


def how(path: str) -> str:
    return f"Trust {Path(path).name}"


def stands(path: Path, trust: Trust) -> Standing:
    return standing(owned.listed(path), trust)


def test_nothing_is_trusted_before_a_person_says_so(tmp_path: Path, trust: Trust) -> None:
    assert stands(owned.write(tmp_path), trust).state == "off"


def test_a_file_is_on_once_it_is_trusted_and_off_once_it_is_not(tmp_path: Path, trust: Trust) -> None:
    path = owned.write(tmp_path)
    trust.trust(layerfiles.read(path))
    assert stands(path, trust).state == "on"
    assert trust.forget(str(path))
    assert not trust.forget(str(path))
    assert stands(path, trust).state == "off"


def test_any_change_turns_a_file_off_until_it_is_trusted_anew(tmp_path: Path, trust: Trust) -> None:
    path = owned.write(tmp_path)
    trust.trust(layerfiles.read(path))
    owned.write(tmp_path, owned.SOURCE + "\n")
    assert stands(path, trust).state == "changed"
    assert trust.kept(str(path)) is not None
    trust.trust(layerfiles.read(path))
    assert stands(path, trust).state == "on"
    owned.write(tmp_path)
    assert stands(path, trust).state == "changed", "what it held before is trusted no longer"


def test_the_same_text_elsewhere_is_not_trusted(tmp_path: Path, trust: Trust) -> None:
    trust.trust(layerfiles.read(owned.write(tmp_path)))
    assert stands(owned.write(tmp_path, name="copy_of.py"), trust).state == "off"


def test_a_link_that_leads_elsewhere_now_is_not_trusted(tmp_path: Path, trust: Trust) -> None:
    first, second = owned.write(tmp_path, name="a.py"), owned.write(tmp_path, "import os\n", name="b.py")
    link = tmp_path / "link.py"
    link.symlink_to(first)
    trust.trust(layerfiles.read(link))
    link.unlink()
    link.symlink_to(second)
    assert not trust.trusts(layerfiles.read(link))


def test_a_text_that_is_not_its_hash_is_not_trusted(tmp_path: Path, trust: Trust) -> None:
    source = layerfiles.read(owned.write(tmp_path))
    forged = layerfiles.Source(source.path, source.sha256, "import os\n")
    with pytest.raises(EngineError, match="another hash"):
        trust.trust(forged)
    trust.trust(source)
    assert not trust.trusts(forged)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "null", '{"layerloom": 1}', '{"layerloom": 2, "files": []}', '{"layerloom": 1, "files": [3]}',
     '{"layerloom": 1, "files": [{"path": "a"}]}', "[" * 100_000],
)  # fmt: skip
def test_a_store_that_makes_no_sense_trusts_nothing(tmp_path: Path, text: str) -> None:
    kept = tmp_path / "trusted.json"
    kept.write_text(text)
    assert Trust(kept).kept("a") is None
    source = layerfiles.read(owned.write(tmp_path))
    Trust(kept).trust(source)
    assert Trust(kept).trusts(source)


def test_an_entry_whose_text_was_changed_in_the_store_trusts_nothing(tmp_path: Path, trust: Trust) -> None:
    source = layerfiles.read(owned.write(tmp_path))
    trust.trust(source)
    kept = tmp_path / "kept" / "trusted.json"
    data = json.loads(kept.read_text())
    data["files"][0]["source"] += "\n"
    kept.write_text(json.dumps(data))
    assert not trust.trusts(source)


def test_nothing_in_a_project_makes_a_file_trusted(tmp_path: Path, trust: Trust) -> None:
    path = owned.write(tmp_path)
    assert owned.project(path).layers[0].sha256 == layerfiles.read(path).sha256
    assert message([standing(file, trust) for file in owned.project(path).layers], how).sources == ()


# -- what is said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("off", "swish (Swish) comes from my_layers.py, which is off until you trust it. Trust my_layers.py."),
        ("changed", "comes from my_layers.py, which has changed and is off until you trust it again."),
        ("gone", "comes from my_layers.py, which is of no use as it is: my_layers.py is not there. Received: "),
    ],
)
def test_a_node_says_where_its_layer_is(tmp_path: Path, trust: Trust, state: str, said: str) -> None:
    path = owned.write(tmp_path)
    project = owned.project(path)
    if state == "changed":
        trust.trust(layerfiles.read(path))
        owned.write(tmp_path, owned.SOURCE + "#\n")
    elif state == "gone":
        path.unlink()
    sent = message([standing(file, trust) for file in project.layers], how)
    found = problems(project.graph, with_files(catalogue(), sent, ()))
    swish = next(problem for problem in found if problem.nodes == ("swish",))
    assert said in swish.sentence
    assert (swish.severity, swish.action, swish.fixes) == ("error", LAYER_FILES, ())


def test_described_layers_come_first_and_shadow_nothing(tmp_path: Path, trust: Trust) -> None:
    path = owned.write(tmp_path)
    trust.trust(layerfiles.read(path))
    sent = message([stands(path, trust)], how)
    known = with_files(catalogue(), sent, [Described(str(path), FrozenMap({"Swish": BODY, "Dense": BODY}))])
    assert next(iter(known.layers)) == "Swish"
    assert known.layers["Dense"] == catalogue().layers["Dense"]
    assert known.absent == {"Mixer": "comes from my_layers.py, which has no such layer now"}
    assert "Swish" not in catalogue().layers


def test_a_stuck_file_is_left_out_of_what_the_next_worker_is_told(tmp_path: Path, trust: Trust) -> None:
    path = owned.write(tmp_path)
    trust.trust(layerfiles.read(path))
    sent = message([stands(path, trust)], how)
    left = foreign.without(sent, [Described(str(path), FrozenMap(), "it is slow.", stuck=True)])
    assert left.sources == ()
    assert left.absent["Swish"] == "comes from my_layers.py, which does not work: it is slow."

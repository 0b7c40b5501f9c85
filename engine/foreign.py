"""Which of a project's layer files are on, what is said of the others' layers, and a catalogue with those of all.

Runs no file. Window, command line and worker say the same sentences, which are made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias

from engine.catalogue import Catalogue, read_layer
from engine.errors import EngineError
from engine.layerfiles import Described, LayerFile, Source, expected, read
from engine.messages import Layers
from engine.trust import Trust

State: TypeAlias = Literal["on", "off", "changed", "unreadable"]
#: The palette's group of the layers that come from files.
GROUP: Final = "Own"
#: Says how a file comes to be trusted.
How: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a layer file stands: on, never trusted, changed since, or not to be read; `words` say why."""

    file: LayerFile
    state: State
    source: Source | None = None
    words: str = ""

    @property
    def layers(self) -> tuple[str, ...]:
        """The names that it may give layers: those that it had, and those of the classes that it has now."""
        return tuple(dict.fromkeys((*self.file.layers, *(self.source.layers if self.source else ()))))

    def clause(self, how: How) -> str:
        """What is said after the name of a node whose layer comes from it."""
        return f"comes from {self.file.name}, which {self.reason(how)}"

    def reason(self, how: How) -> str:
        if self.state == "unreadable":
            return f"is of no use as it is: {self.words}"
        since = "has changed and is off until you trust it again" if self.state == "changed" else ""
        return f"{since or 'is off until you trust it'}. {how(self.file.file)}"


def standing(file: LayerFile, trust: Trust) -> Standing:
    """Read a file and say how it stands; the text that is returned is the one that was compared."""
    try:
        source = read(Path(file.file))
    except EngineError as error:
        return Standing(file, "unreadable", None, error.sentence)
    if trust.trusts(source):
        return Standing(file, "on", source)
    return Standing(file, "off" if trust.kept(source.path) is None else "changed", source)


def message(standings: Iterable[Standing], how: How) -> Layers:
    """Return what a worker is told: the files that are on, and what to say of the layers of the others."""
    standings = tuple(standings)
    sources = tuple(
        replace(each.source, layers=each.layers) for each in standings if each.state == "on" and each.source is not None
    )
    absent = {name: each.clause(how) for each in standings if each.state != "on" for name in each.layers}
    return Layers(sources, absent)


def without(sent: Layers, stuck: Iterable[Described]) -> Layers:
    """Return what to tell the next worker after files that did not come to an end."""
    faults = {found.path: found.fault for found in stuck}
    left = tuple(source for source in sent.sources if source.path not in faults)
    gone = tuple(source for source in sent.sources if source.path in faults)
    more = {name: _broken(source.name, faults[source.path]) for name, source in expected(gone)}
    return Layers(left, {**sent.absent, **more})


def with_files(known: Catalogue, sent: Layers, found: Iterable[Described]) -> Catalogue:
    """Return a catalogue that has the layers of described files, and says of the others where they are.

    Raises:
        EngineError: A description is none.
    """
    described = {each.path: each for each in found}
    specs = [read_layer(name, body, known.choices) for each in described.values() for name, body in each.layers.items()]
    layers = {**{spec.name: spec for spec in specs}, **known.layers}  # the person's own come first in the palette
    absent = {name: _absent(name, source, described.get(source.path)) for name, source in expected(sent.sources)}
    return replace(
        known, layers=layers, absent={n: said for n, said in {**sent.absent, **absent}.items() if n not in layers},
        _briefs={},
    )  # fmt: skip


def _absent(name: str, source: Source, found: Described | None) -> str:
    if found is None:
        return f"comes from {source.name}, which is being read"
    if found.fault:
        return _broken(source.name, found.fault)
    why = found.notes.get(name)
    return f"comes from {source.name}, which " + (f"leaves it out: {why}" if why else "has no such layer now")


def _broken(name: str, fault: str) -> str:
    return f"comes from {name}, which does not work: {fault}"


def described_files(files: Iterable[LayerFile], sent: Layers, found: Mapping[str, Described]) -> tuple[LayerFile, ...]:
    """Return a project's files with the hashes and names that they have now, where they were described."""
    hashes = {source.path: source.sha256 for source in sent.sources}
    return tuple(
        LayerFile(file.file, hashes[file.file], tuple(found[file.file].layers))
        if file.file in found and not found[file.file].fault and file.file in hashes
        else file
        for file in files
    )

"""A person's own blocks, each in a project file without a drawing: kept, read with a project's checks, taken in.

Knows no window: it is told in which folder they lie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Final

from engine import project as files
from engine.block_edits import renamed_block
from engine.blocks_json import check_identifier, inner_blocks
from engine.catalogue import Catalogue
from engine.errors import EngineError, ProjectError
from engine.graph import Block, Graph
from engine.project import Project
from engine.values import FrozenMap

#: So many files are read, none larger than this.
MOST: Final = 300
LARGEST: Final = 2 * 2**20
ENDING: Final = ".loom"


@dataclass(frozen=True, slots=True)
class Library:
    """Blocks by name, each with those that stand in it.

    Attributes:
        faults: Why a file was left out, a sentence each.
    """

    kept: Mapping[str, FrozenMap[Block]] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    @property
    def blocks(self) -> Mapping[str, Block]:
        """The blocks themselves, without those that only stand in them."""
        return {name: blocks[name] for name, blocks in self.kept.items()}

    def completed(self, graph: Graph) -> Graph:
        """Take in the definitions that a drawing's instances lack and that are kept here; itself where none is."""
        lacking = sorted((inner_blocks(graph.nodes) - graph.blocks.keys()) & self.kept.keys())
        for name in lacking:
            graph = replace(graph, blocks=FrozenMap({**graph.blocks, **_fitting(self.kept[name], graph.blocks)}))
        return graph


def read(folder: Path, catalogue: Catalogue) -> Library:
    """Read what is kept in a folder; a file that is none is left out, and told."""
    kept: dict[str, FrozenMap[Block]] = {}
    faults: list[str] = []
    for path in sorted(folder.glob(f"*{ENDING}"))[:MOST]:
        try:
            kept[path.stem] = _blocks(path, catalogue)
        except EngineError as error:
            faults.append(error.sentence)
    return Library(kept, tuple(faults))


def keep(folder: Path, blocks: Mapping[str, Block], name: str) -> Path:
    """Keep a block with all that stand in it, in the place of one of its name, or raise ProjectError."""
    path = folder / (check_identifier(name, "A block's name") + ENDING)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError("The folder of your blocks cannot be made", received=str(error)) from error
    files.save(Project(Graph(blocks=needed(blocks, name))), path)
    return path


def forget(folder: Path, name: str) -> None:
    """Remove a kept block, or raise ProjectError; drawings that hold it are unharmed."""
    try:
        (folder / (check_identifier(name, "A block's name") + ENDING)).unlink(missing_ok=True)
    except OSError as error:
        raise ProjectError("The block cannot be removed", received=str(error)) from error


def needed(blocks: Mapping[str, Block], name: str) -> FrozenMap[Block]:
    """A block and all that stand in it, the block first."""
    found: dict[str, Block] = {}
    left = [name]
    while left:
        each = left.pop()
        if each in blocks and each not in found:
            found[each] = blocks[each]
            left += sorted(inner_blocks(blocks[each].graph.nodes))
    return FrozenMap(found)


def _blocks(path: Path, catalogue: Catalogue) -> FrozenMap[Block]:
    name = check_identifier(path.stem, "The name of a file that holds a block")
    if path.is_file() and path.stat().st_size > LARGEST:
        raise ProjectError(f"{path.name} holds a block", received=f"a file of over {LARGEST // 2**20} MB")
    blocks = files.load(path, catalogue).graph.blocks
    if name not in blocks:
        raise ProjectError(f"{path.name} holds the block {name}", received=", ".join(blocks)[:80] or "no block")
    return needed(blocks, name)


def _fitting(kept: FrozenMap[Block], there: Mapping[str, Block]) -> Mapping[str, Block]:
    """Give those that stand in a block names that no other definition of a drawing has."""
    root = Graph(blocks=kept)
    for name in kept:
        if name in there and there[name] != kept[name]:
            free = (f"{name}{number}" for number in count(2))
            taken = root.blocks.keys() | there.keys()
            root = renamed_block(root, name, next(each for each in free if each not in taken))
    return root.blocks

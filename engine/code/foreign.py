"""The files of a person's own layers beside exported code: which a drawing uses, and their copies. Runs none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from engine import layerfiles
from engine.catalogue import Catalogue
from engine.errors import ExportError
from engine.graph import Graph
from engine.layerfiles import LayerFile, Source


def modules(graph: Graph, catalogue: Catalogue) -> Mapping[str, Sequence[str]]:
    """Return the modules whose layers a drawing uses, with the names of those."""
    found: dict[str, set[str]] = {}
    for layer in dict.fromkeys(node.layer for node in graph.nodes.values()):
        spec = catalogue.known(layer)
        if spec is not None and spec.file:
            found.setdefault(spec.file, set()).add(layer)
    return {module: sorted(names) for module, names in found.items()}


def copies(files: Iterable[LayerFile], used: Iterable[str], folder: Path) -> Mapping[Path, bytes]:
    """Return what is to be written beside a script, or raise ExportError where another file is in its place."""
    wanted, found = set(used), {}
    for file in files:
        path = folder / file.name
        if path.stem in wanted:
            data = _source(file).text.encode()
            if not _is_there(path, data):
                found[path] = data
    return found


def _source(file: LayerFile) -> Source:
    source = layerfiles.read(Path(file.file))
    if source.sha256 != file.sha256:
        raise ExportError(f"{file.name} has changed since its layers were described", hint="Trust it again")
    return source


def _is_there(path: Path, data: bytes) -> bool:
    """Whether a file holds this already; another one is never written over."""
    try:
        held = path.read_bytes() if path.exists() else None
    except OSError as error:
        raise ExportError(f"{path.name} cannot be read", received=error.strerror or str(error)) from error
    if held not in (None, data):
        raise ExportError(
            f"A script would stand beside another {path.name} than the one its layers come from",
            hint="Choose another folder",
        )
    return held is not None

"""What a value in a block may follow from: the block's parameters, as they are where it is seen. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.catalogue import Catalogue
from engine.errors import ValueProblem
from engine.formula import names, worked_out
from engine.kinds import ParameterSpec
from engine.values import Formula, Value


@dataclass(slots=True)
class Scope:
    """The parameters of the block that is seen, kept up to date; `expose` makes a value of the layer one of them."""

    known: Mapping[str, Value] = field(default_factory=dict)
    expose: Callable[[str], object] = lambda _name: None

    def read(self, text: str, catalogue: Catalogue, parameter: ParameterSpec) -> Value:
        """Read a formula, or the value that it is where it speaks of no parameter; raise ValueProblem."""
        plain = text.strip().removeprefix("=").strip()
        given = catalogue.check(parameter, worked_out(plain, self.known))
        return Formula(plain) if names(plain) else given

    def given(self, value: Value, parameter: ParameterSpec) -> tuple[Value, str]:
        """Return what a formula gives now, and in words; nothing, and why, where it gives none."""
        if not isinstance(value, Formula):
            return value, parameter.spell(value)
        try:
            found = worked_out(value.text, self.known)
        except ValueProblem as problem:
            return None, problem.sentence
        return found, parameter.spell(found)

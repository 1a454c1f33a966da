"""One optimised whole of many rules.

Numba compiles function by function and links into each all that it calls, so that a rule deep down
is optimised again in every rule above it. Here an inner rule is only lowered (`Part`), and the
entry takes them all in, each once, and is optimised and made into machine code as one (`Whole`).
"""

from __future__ import annotations

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler


class Unbound:
    """A code generator without an engine: what is never run alone has no environment."""

    def __init__(self, real: Any) -> None:
        """In front of the real one."""
        self.real = real

    def __getattr__(self, name: str) -> Any:
        """Everything else as it is."""
        return getattr(self.real, name)

    def set_env(self, name: str, environment: Any) -> None:
        """Nothing to set."""


class Part(JITCodeLibrary):  # type: ignore[misc]
    """A rule's own code; what it calls is only noted."""

    @property
    def codegen(self) -> Any:
        """What `get_executable` asks."""
        return Unbound(self._codegen)

    def finalize(self) -> None:
        """Done as it is: neither linked, nor optimised across functions, nor handed on."""
        self._raise_if_finalized()
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """None: nobody calls it from Python."""
        return 0

    def needs(self) -> list[Any]:
        """The libraries of what it calls."""
        return list(self._linking_libraries)

    def module(self) -> Any:
        """Its code."""
        return self._final_module


class Whole(JITCodeLibrary):  # type: ignore[misc]
    """An entry with all parts under it."""

    _linking_libraries: list[Any]

    def finalize(self) -> None:
        """Take every part in once, as private functions; then what any library does."""
        parts, self._linking_libraries = gather(self._linking_libraries)
        for part in parts:
            self._final_module.link_in(part.module(), preserve=True)
        # Only now: a private function that nothing calls yet would not be taken in.
        for part in parts:
            for function in part.get_defined_functions():
                self._final_module.get_function(function.name).linkage = "internal"
        super().finalize()


def gather(libraries: list[Any]) -> tuple[list[Part], list[Any]]:
    """All parts that libraries need, themselves included, and what is no part; each once."""
    waiting = list(libraries)
    seen: dict[Any, None] = {}
    while waiting:
        library = waiting.pop()
        if library not in seen:
            seen[library] = None
            waiting += library.needs() if isinstance(library, Part) else []
    parts = [library for library in seen if isinstance(library, Part)]
    return parts, [library for library in seen if not isinstance(library, Part)]


def pipeline(kind: type[Part | Whole]) -> type[Any]:
    """The compiler that makes functions into one kind of library."""

    class Pipeline(Compiler):  # type: ignore[misc]
        """Numba's own, told where to put its code."""

        def compile_extra(self, function: Any) -> Any:
            """Compile a function of Python."""
            library = kind(self.state.targetctx.codegen(), function.__qualname__)
            library.enable_object_caching()
            self.state.library = library
            return super().compile_extra(function)

    return Pipeline

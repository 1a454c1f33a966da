"""The parts of a compiled program that have no Python form: decorators and checked arithmetic.

Numba compiles function by function and links into each all that it calls, so that a rule deep down
is optimised again in every rule above it. Here an inner rule is only lowered (`Part`), and the
entry takes them all in, each once, and is optimised and made into machine code as one (`Whole`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def compiler(checked: bool) -> tuple[Any, ...]:
    """Decorators for inner rules and entries, the plain word, and `+ - *` that stop on overflow."""
    import numba
    from llvmlite import ir
    from numba.core import cgutils, types
    from numba.extending import intrinsic

    def make(operation: str) -> Any:
        @intrinsic  # type: ignore[untyped-decorator]
        def checked_operation(typing_context: Any, left: Any, right: Any) -> Any:
            def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
                word = ir.IntType(64)
                kind = ir.LiteralStructType([word, ir.IntType(1)])
                name = f"llvm.{operation}.with.overflow.i64"
                function = cgutils.get_or_insert_function(
                    builder.module, ir.FunctionType(kind, [word, word]), name
                )
                pair = builder.call(function, arguments)
                with cgutils.if_unlikely(builder, builder.extract_value(pair, 1)):
                    context.call_conv.return_user_exc(builder, OverflowError, (operation,))
                return builder.extract_value(pair, 0)

            return types.int64(types.int64, types.int64), generate

        return checked_operation

    def decorator(**extra: Any) -> Callable[[Any], Any]:
        return numba.njit(boundscheck=checked, error_model="python", **extra)

    part, whole = pipelines()
    inner = decorator(pipeline_class=part, no_cpython_wrapper=True, no_cfunc_wrapper=True)
    # Other threads run while the rules do: the journal writes, projections store.
    entry = decorator(pipeline_class=whole, no_cfunc_wrapper=True, nogil=True, cache=True)
    return inner, entry, numba.int64, make("sadd"), make("ssub"), make("smul")


def pipelines() -> tuple[Any, Any]:
    """How an inner rule is compiled, and how an entry is."""
    from numba.core.codegen import JITCodeLibrary
    from numba.core.compiler import Compiler

    class Unbound:
        """A code generator without an engine: what is never run alone has no environment."""

        def __init__(self, real: Any) -> None:
            self.real = real

        def __getattr__(self, name: str) -> Any:
            return getattr(self.real, name)

        def set_env(self, name: str, environment: Any) -> None:
            """Nothing to set."""

    class Part(JITCodeLibrary):  # type: ignore[misc]
        """A rule's own code; what it calls is only noted."""

        @property
        def codegen(self) -> Any:
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
            waiting: list[Any] = list(self._linking_libraries)
            parts: dict[Any, None] = {}
            others: dict[Any, None] = {}
            while waiting:
                library = waiting.pop()
                if isinstance(library, Part) and library not in parts:
                    parts[library] = None
                    waiting += library.needs()
                elif not isinstance(library, Part):
                    others[library] = None
            self._linking_libraries = list(others)
            for library in parts:
                self._final_module.link_in(library.module(), preserve=True)
            # Only now: a private function that nothing calls yet would not be taken in.
            for library in parts:
                for function in library.get_defined_functions():
                    self._final_module.get_function(function.name).linkage = "internal"
            super().finalize()

    def pipeline(kind: Any) -> Any:
        class Pipeline(Compiler):  # type: ignore[misc]
            def compile_extra(self, function: Any) -> Any:
                library = kind(self.state.targetctx.codegen(), function.__qualname__)
                library.enable_object_caching()
                self.state.library = library
                return super().compile_extra(function)

        return Pipeline

    return pipeline(Part), pipeline(Whole)

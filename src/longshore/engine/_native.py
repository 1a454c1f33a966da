"""The parts of a compiled program that have no Python form: decorators and checked arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def compiler(checked: bool) -> tuple[Any, ...]:
    """Decorators for inner rules and entries, the plain word, and `+ - *` that stop on overflow."""
    import numba
    from llvmlite import ir
    from numba.core import cgutils, types
    from numba.extending import intrinsic

    from longshore.engine._linking import Part, Whole, pipeline

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

    inner = decorator(pipeline_class=pipeline(Part), no_cpython_wrapper=True, no_cfunc_wrapper=True)
    # Other threads run while the rules do: the journal writes, projections store.
    entry = decorator(pipeline_class=pipeline(Whole), no_cfunc_wrapper=True, nogil=True, cache=True)
    return inner, entry, numba.int64, make("sadd"), make("ssub"), make("smul")

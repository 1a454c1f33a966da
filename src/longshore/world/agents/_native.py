"""The one thing of the traders' program that has no Python form: a call into another program.

The engine's machine code is called where it lies, so that it is neither compiled nor optimised a
second time; an error it stops with is handed on as Numba hands on its own.
"""

from __future__ import annotations

from typing import Any


def engine_caller() -> Any:
    """A compiled function that calls the engine at an address."""
    from llvmlite import ir
    from numba.core import cgutils, types
    from numba.extending import intrinsic

    @intrinsic  # type: ignore[untyped-decorator]
    def call_engine(typing_context: Any, engine: Any, states: Any, count: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            taken = signature.args[1:]
            kind = context.call_conv.get_function_type(types.int64, taken)
            function = builder.inttoptr(arguments[0], ir.PointerType(kind))
            status, value = context.call_conv.call_function(
                builder, function, types.int64, taken, arguments[1:]
            )
            with cgutils.if_unlikely(builder, status.is_error):
                context.call_conv.return_status_propagate(builder, status)
            return value

        return types.int64(types.int64, states, types.int64), generate

    return call_engine


def address_of(dispatcher: Any) -> int:
    """Where the machine code of an entry lies that has been called before."""
    (compiled,) = dispatcher.overloads.values()
    name = compiled.fndesc.llvm_func_name
    return int(compiled.library.get_pointer_to_function(name))

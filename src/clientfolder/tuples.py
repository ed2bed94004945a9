"""`NamedTuple` as `typing` has it, made in a fifth of the time.

`typing` checks each annotation of a class, and `collections` compiles its constructor. A command of the day makes a
hundred such classes: that was a fifth of the time of `cf today` and of `cf log`. Here annotations are left to the type
checker, and classes with equally many fields share the code of their constructor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from functools import cache
    from operator import itemgetter
    from types import FunctionType

    try:
        from _collections import _tuplegetter as _getter
    except ImportError:  # another Python than the usual one

        def _getter(place, doc):
            return property(itemgetter(place), doc=doc)

    class _Tuple(tuple):
        """What all tuples with named fields can do; the methods have the names that the standard ones have."""

        __slots__ = ()

        def _replace(self, /, **values):
            """The same with other values in some fields. Raises ValueError for a name that is no field."""
            made = tuple.__new__(type(self), map(values.pop, self._fields, self))
            if values:
                raise ValueError(f"Got unexpected field names: {[*values]!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        @classmethod
        def _make(cls, values):
            return cls(*values)

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{n}={v!r}' for n, v in self._asdict().items())})"

        def __getnewargs__(self):
            return tuple(self)

    @cache
    def _constructor(count):
        """The code of a constructor with so many parameters, whose names are still to be given."""
        names = "".join(f"_{number}, " for number in range(count))
        return eval(f"lambda _class, {names}: _new(_class, ({names}))", {}).__code__

    _GLOBALS = {"__builtins__": {}, "_new": tuple.__new__}

    class _Made(type):
        """Makes of a class statement a tuple with a named field for each annotation."""

        def __new__(cls, name, bases, namespace):
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace.pop(field) for field in fields if field in namespace}
            code = _constructor(len(fields)).replace(co_name="__new__", co_varnames=("_class", *fields))
            namespace |= {field: _getter(place, field) for place, field in enumerate(fields)}
            namespace |= {
                "__slots__": (), "_fields": fields, "_field_defaults": defaults, "__match_args__": fields,
                "__new__": FunctionType(code, _GLOBALS, "__new__", tuple(defaults.values())),
            }  # fmt: skip
            return type(name, (_Tuple,), namespace)

    _BASE = type.__new__(_Made, "NamedTuple", (), {})

    def NamedTuple():  # noqa: N802
        """What a class statement names as its only base, as with that of `typing`."""

    NamedTuple.__mro_entries__ = lambda bases: (_BASE,)

"""Frozen dataclasses to plain JSON and back, without loss.

The functions for a class are put together once, from its fields' types, so that a million records do not pay for
looking at types a million times; reading goes through msgspec, which does so in C. Fields that hold their default are
left out: lines stay short, and a record class that gains a field with a default still reads what was stored before.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")
Convert = Callable[[Any], Any]


def to_json(value: Any) -> str:
    """``value``, an instance of a dataclass, as one line of JSON in ASCII (so that any text survives any store)."""
    write, _ = _converters(cast(Hashable, type(value)))
    return json.dumps(write(value), separators=(",", ":"))


def from_json(cls: type[T], line: str) -> T:
    """The instance of ``cls`` that :func:`to_json` wrote."""
    try:
        value: T = _decoder(cast(Hashable, cls)).decode(line)
    except msgspec.DecodeError:  # half a surrogate pair, which only Python's reader takes; or no record at all
        _, read = _converters(cast(Hashable, cls))
        value = read(json.loads(line))
    return value


def pack(value: Any) -> bytes:
    """``value``, of dataclasses, tuples, sets and plain values, as MessagePack: for what is kept but can be made again.

    :raises UnicodeEncodeError: if a text in it holds half a surrogate pair.
    """
    return _packer.encode(value)


def unpack(kind: type[T], data: bytes) -> T:
    """The value of type ``kind`` that :func:`pack` wrote.

    :raises ValueError: if it is damaged.
    """
    value: T = _unpacker(cast(Hashable, kind)).decode(data)
    return value


_packer = msgspec.msgpack.Encoder()


@cache
def _unpacker(kind: Hashable) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(cast(type, kind))


@cache
def _decoder(cls: Hashable) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(cast(type, cls))


def _same(value: Any) -> Any:
    return value


@cache
def _converters(kind: Hashable) -> tuple[Convert, Convert]:
    """How values of the type ``kind`` are written and read.

    :raises TypeError: for a type that records do not use: a fault of the record class, met when it is first stored.
    """
    if dataclasses.is_dataclass(kind):
        return _dataclass_converters(cast(type, kind))
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind in (str, int, float, bool, type(None)) or origin is typing.Literal:
        return _same, _same
    if kind is dt.date:
        return dt.date.isoformat, dt.date.fromisoformat
    if origin in (typing.Union, types.UnionType) and len(arguments) == 2 and type(None) in arguments:
        write, read = _converters(next(argument for argument in arguments if argument is not type(None)))
        return _unless_none(write), _unless_none(read)
    if origin is tuple and arguments[1:] == (Ellipsis,):
        write, read = _converters(arguments[0])
        return (lambda items: [write(item) for item in items]), (lambda items: tuple([read(item) for item in items]))
    if origin is Mapping and arguments[0] is str:
        write, read = _converters(arguments[1])
        return (
            lambda items: {key: write(items[key]) for key in sorted(items)},
            lambda items: {key: read(value) for key, value in items.items()},
        )
    raise TypeError(f"records cannot hold {kind}")


def _unless_none(convert: Convert) -> Convert:
    if convert is _same:
        return _same
    return lambda value: None if value is None else convert(value)


def _dataclass_converters(cls: type) -> tuple[Convert, Convert]:
    hints = typing.get_type_hints(cls)
    fields = [(field.name, *_converters(hints[field.name]), _default(field)) for field in dataclasses.fields(cls)]

    def write(value: Any) -> dict[str, Any]:
        out = {}
        for name, convert, _, default in fields:
            part = getattr(value, name)
            if part != default:
                out[name] = convert(part)
        return out

    readers = {name: convert for name, _, convert, _ in fields}

    def read(data: dict[str, Any]) -> Any:
        return cls(**{name: readers[name](part) for name, part in data.items()})

    return write, read


def _default(field: dataclasses.Field[Any]) -> Any:
    """What a field holds when nothing is given; ``MISSING``, which equals no value, where it must be given."""
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default

"""What every format has to pass: bytes to text, and text fit to be an article."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from pathlib import Path

from kg.errors import InputError

#: Beyond this, a text is a book or a dump and no article (characters).
MAX_LENGTH = 1_000_000

#: Beyond this, a file of one article is something else; it is not even read (bytes).
MAX_BYTES = 32 * 2**20

#: What XML, and so half of the exports, cannot hold: controls, surrogates, non-characters. Tab and line ends may stay.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: Characters of a value that an error quotes.
QUOTED = 80

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_bytes(path: Path) -> bytes:
    """The content of a file that is not empty.

    :raises InputError: if it cannot be opened, holds nothing or is too large for an article.
    """
    try:
        with path.open("rb") as file:  # read, not asked for its size: a pipe has none
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise unopenable(path, error) from error
    if len(data) > MAX_BYTES:
        raise InputError(
            f"is larger than {MAX_BYTES:,} bytes", where=str(path), fix="split it into its articles, or leave it out"
        )
    if not data.strip():
        raise InputError("the file is empty", where=str(path), fix="leave it out, or fill it")
    return data


def unopenable(path: Path, error: OSError) -> InputError:
    """The error for a file that the system does not open."""
    return InputError(f"cannot be opened: {error.strerror}", where=str(path), fix="check its permissions")


def decode(data: bytes, where: str, encoding: str | None = None) -> str:
    """Text from bytes: by its byte order mark, else in the ``encoding`` that the file declares, else UTF-8. No guesses.

    :raises InputError: if the bytes are no text in that encoding.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            encoding = name
            break
    else:
        if b"\x00" in data:
            raise InputError("is binary, not text", where=where, fix="convert it to text, or leave it out")
    encoding = encoding or "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not {encoding.upper()}: byte 0x{data[error.start]:02x} at offset {error.start}",
            where=where,
            fix="save it as UTF-8, for instance with: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
        ) from error


def clean(text: str) -> str:
    """Text of a format whose offsets nobody holds yet: plain line ends, no characters that exports cannot hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    return UNFIT.sub(" ", text)


def check_text(text: str, where: str) -> str:
    """``text``, if it is fit to be an article's.

    :raises InputError: if it has no words, is too long, or holds characters that no text should.
    """
    if not any(character.isalpha() for character in text):
        raise InputError("holds no text", where=where, fix="leave it out, or check that it is the right file")
    if len(text) > MAX_LENGTH:
        raise InputError(
            f"has {len(text):,} characters; an article may have {MAX_LENGTH:,}",
            where=where,
            fix="split it into its articles",
        )
    check_characters(text, where)
    return text


def check_characters(text: str, where: str) -> None:
    """Refuse what XML and UTF-8 cannot hold.

    :raises InputError: at the first such character.
    """
    found = UNFIT.search(text)
    if found:
        code = ord(found.group())
        kind = "half of a surrogate pair" if 0xD800 <= code <= 0xDFFF else "a control character"
        raise InputError(
            f"holds {kind}, U+{code:04X}, at offset {found.start()}", where=where, fix="replace it in the source"
        )


def parse_date(value: object, where: str) -> dt.date | None:
    """A day from ISO 8601; of a date-time its day.

    :raises InputError: if it is something else.
    """
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.datetime.fromisoformat(str(value).strip()).date()
    except ValueError as error:
        raise InputError(
            f"the date {quoted(value)} is not understood", where=where, fix="write it as 2024-10-24"
        ) from error


def quoted(value: object) -> str:
    """A value as an error shows it: of a long one only the beginning."""
    text = repr(value)
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def check_language(language: str, where: str) -> str:
    """``language``, if the model reads it.

    :raises InputError: if it does not.
    """
    if language.lower().replace("_", "-").split("-")[0] != "en":
        raise InputError(
            f"is in the language {quoted(language)}", where=where, fix="give an English text: the model reads no other"
        )
    return "en"

"""What an article told comes back as it was, and only what is asked for is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from identity_gold import gold
from records_factory import reading, said

from kg.gazetteer import load_gazetteer
from kg.records import ArticleRecord
from kg.resolve import State, load_state, resolve, resolve_changes, save_state
from kg.resolve.chain import Chain
from kg.resolve.chains import chains_of
from kg.resolve.kept import Kept, keep
from kg.resolve.register import Register


def told(record: ArticleRecord) -> list[Chain]:
    return chains_of(record, load_gazetteer(), Register())


def test_chains_come_back_as_they_were() -> None:
    held = reading(
        "[[Ada Lund|c1:Person]], 52, leads [[Norway|c2:Country]]. [[She|c1]] met [[Tor Dahl|c3:Person]].",
        said("c1", "leads", "c2", "leads"),
    )
    for record in (held, *gold()):
        chains = told(record)
        kept = Kept(keep(chains, record), record)
        assert [kept[place] for place in range(len(kept))] == chains


def test_a_chain_is_made_once() -> None:
    record = reading("[[Ada Lund|c1:Person]] met [[Tor Dahl|c3:Person]].")
    kept = Kept(keep(told(record), record), record)
    assert kept[1] is kept[1]


def test_a_text_with_half_a_surrogate_pair_is_read_again(tmp_path: Path) -> None:
    record = reading("[[Ada Lund|c1:Person]] left.", id="a1")
    text = record.article.text.replace("Lund", "Lun\ud800")
    (mention,) = record.mentions
    odd = replace(
        record, article=replace(record.article, text=text), mentions=(replace(mention, text="Ada Lun\ud800"),)
    )
    assert keep(told(odd), odd) == b""
    records = {"a1": odd, "a2": reading("[[Ada Lund|c1:Person]] won.", id="a2")}
    _, state = resolve_changes(State(), {"a1": odd}, ["a1"])
    save_state(tmp_path / "identity.npz", state, of="this")
    again = load_state(tmp_path / "identity.npz", of="this")
    assert again is not None
    assert resolve_changes(again, records, ["a2"])[0] == resolve(records.values())

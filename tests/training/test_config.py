"""Training configs: the shipped ones, and what is refused."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.training import config as configs

GOOD = '[sources.ud]\nreader = "conllu"\npath = "ud.conllu"\nweight = 1.0\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("words = ", "cannot be read"),
        ("words = 5", "names no corpora"),
        ('[sources.ud]\nreader = "conllu"', "names no corpora, or one without its keys"),
        (f"wrods = 5\n{GOOD}", "unknown key 'wrods'"),
        (GOOD.replace('conllu"\npath', 'xml"\npath'), "unknown reader 'xml'"),
        (GOOD.replace("ud.conllu", "gone.conllu"), "gone.conllu is missing"),
    ],
)
def test_a_faulty_config_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "ud.conllu").write_text("")
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(InputError, match=message):
        configs.read_config(tmp_path / "config.toml", tmp_path)


def test_a_missing_config_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        configs.read_config(tmp_path / "config.toml", tmp_path)


@pytest.mark.parametrize(("name", "missing"), [("language", 8), ("language-teacher", 8), ("language-taught", 12)])
def test_the_shipped_configs_differ_from_others_in_nothing_but_corpora(name: str, missing: int) -> None:
    with pytest.raises(InputError) as error:
        configs.read_config(Path(configs.__file__).with_name(f"{name}.toml"), Path("gone"))
    assert error.value.message.count(" is missing") == missing
    assert "unknown" not in error.value.message


def test_the_annotations_of_items_are_where_the_config_says() -> None:
    folder = Path(configs.__file__).parent
    (path,) = {
        folder / source["annotations"]
        for source in tomllib.loads((folder / "language.toml").read_text())["sources"].values()
        if "annotations" in source
    }
    assert path.resolve() == (folder.parents[1] / "data/training/current-events.jsonl").resolve()
    assert path.exists()


def test_a_config_may_say_only_what_differs(tmp_path: Path) -> None:
    (tmp_path / "ud.conllu").write_text("")
    (tmp_path / "base.toml").write_text(f"words = 9\nseed = 1\nencoder = '.'\n{GOOD}")
    (tmp_path / "more.toml").write_text('extends = "base.toml"\nseed = 2\n[sources.ud]\nweight = 0.5\n')
    config = configs.read_config(tmp_path / "more.toml", tmp_path)
    assert (config.words, config.seed, config.sources[0].weight, config.sources[0].reader) == (9, 2, 0.5, "conllu")


def test_what_is_no_matter_of_a_file_is_given_beside_it(tmp_path: Path) -> None:
    (tmp_path / "ud.conllu").write_text("")
    (tmp_path / "config.toml").write_text(f"words = 9\nseed = 1\nencoder = 'large'\npieces = 'small'\n{GOOD}")
    path, run = tmp_path / "config.toml", tmp_path / "run"
    with pytest.raises(InputError, match="run holds no run"):
        configs.read_config(path, tmp_path, teachers=[run])
    run.mkdir()
    (run / "encoder.json").write_text("{}")
    config = configs.read_config(path, tmp_path, teachers=[run], seed=7)
    assert (config.teachers, config.seed) == ((run,), 7)
    assert (config.encoder, config.pieces) == (Path("large"), Path("small"))

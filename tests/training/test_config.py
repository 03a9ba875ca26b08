"""Training configs: the shipped ones, and what is refused."""

from __future__ import annotations

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


@pytest.mark.parametrize("name", ["language.toml", "language-continued.toml"])
def test_the_shipped_configs_differ_from_others_in_nothing_but_corpora(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        configs.read_config(Path(configs.__file__).with_name(name), tmp_path)
    assert error.value.message.count("is missing") == 7
    assert "unknown" not in error.value.message


def test_a_config_may_say_only_what_differs(tmp_path: Path) -> None:
    (tmp_path / "ud.conllu").write_text("")
    (tmp_path / "base.toml").write_text(f"words = 9\nseed = 1\nencoder = '.'\n{GOOD}")
    (tmp_path / "more.toml").write_text('extends = "base.toml"\nseed = 2\n[sources.ud]\nweight = 0.5\n')
    config = configs.read_config(tmp_path / "more.toml", tmp_path)
    assert (config.words, config.seed, config.sources[0].weight, config.sources[0].reader) == (9, 2, 0.5, "conllu")

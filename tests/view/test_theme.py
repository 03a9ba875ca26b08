"""The look: every type and tier can be told apart without colour, and colours have contrast."""

from __future__ import annotations

import re
from importlib import resources
from itertools import combinations
from typing import get_args

import pytest

from kg.records import MODALITIES
from kg.view.theme import TIERS, TYPES, Tier, tier_of, type_style

THEMES = ("light", "dark")


def variables(theme: str) -> dict[str, str]:
    css = resources.files("kg.view").joinpath("page", "colours.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if theme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("text", ["ink", "ink-soft", "accent", *(f"tier-{tier}" for tier in TIERS)])
@pytest.mark.parametrize("ground", ["canvas", "surface"])
def test_text_has_contrast_aa(theme: str, text: str, ground: str) -> None:
    colours = variables(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("text", ["ink-soft", "accent"])
def test_quiet_words_and_links_on_raised_grounds_have_contrast_aa(theme: str, text: str) -> None:
    colours = variables(theme)
    assert contrast(colours[text], colours["raised"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["raised", "mark-subject", "mark-object", "mark-trigger"])
def test_words_on_tinted_grounds_have_contrast_aa(theme: str, ground: str) -> None:
    colours = variables(theme)
    assert contrast(colours["ink"], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("colour", [*(style.colour for style in TYPES.values()), "other"])
def test_shapes_have_contrast_with_the_canvas_and_their_pictogram(theme: str, colour: str) -> None:
    colours = variables(theme)
    assert contrast(colours[f"type-{colour}"], colours["canvas"]) >= 3
    assert contrast(colours[f"type-{colour}"], colours["glyph"]) >= 3


@pytest.mark.parametrize(("package", "sheet"), [("kg.view", "explorer.css"), ("kg.serve", "style.css")])
def test_the_colours_that_pages_use_are_there_and_stand_nowhere_else(package: str, sheet: str) -> None:
    css = resources.files(package).joinpath("page", sheet).read_text(encoding="utf-8")
    set_by_scripts = {"height", "shadow", "tier"}
    used = set(re.findall(r"var\(--([\w-]+)\)", css)) - set_by_scripts
    assert used
    assert used <= set(variables("light"))
    assert not re.search(r"#[0-9a-f]{3,8}\b", css)


def test_types_and_tiers_differ_without_colour() -> None:
    assert len({(style.outline, style.glyph) for style in TYPES.values()}) == len(TYPES)
    for one, other in combinations(TIERS.values(), 2):
        assert one.dashes != other.dashes


def test_each_modality_has_a_tier() -> None:
    tiers = {tier_of(modality, attributed=attributed) for modality in MODALITIES for attributed in (True, False)}
    assert tiers == set(TIERS) == set(get_args(Tier))


def test_an_unknown_modality_is_refused() -> None:
    with pytest.raises(ValueError, match="surely"):
        tier_of("surely", attributed=False)


def test_a_users_class_takes_the_look_of_its_base() -> None:
    style = type_style("Vessel", "Product")
    assert (style.label, style.glyph) == ("Vessel", TYPES["Product"].glyph)
    assert type_style("Vessel").colour == "other"

"""Confidence against precision: bands, which entries mislead, and the plot."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from kg.training.calibration import Band, Judged, bands, expected_error, origins, reliability_svg


def judged(confidence: float, right: int, wrong: int, origin: str = "meet-v") -> list[Judged]:
    return [Judged(confidence, origin, True)] * right + [Judged(confidence, origin, False)] * wrong


MIXED = [*judged(0.8, 8, 2), *judged(0.85, 9, 1), *judged(1.0, 5, 5, "of"), *judged(0.3, 1, 2, "of")]


def test_bands_from_the_surest_down() -> None:
    found = bands(MIXED)
    assert [(band.name, band.count, band.right) for band in found] == [
        ("0.90-1.00", 10, 5),
        ("0.80-0.90", 20, 17),
        ("0.30-0.40", 3, 1),
    ]
    assert found[1].confidence == pytest.approx(0.825)
    assert [band.count for band in bands(MIXED, width=0.5)] == [30, 3]


def test_expected_error_weighs_bands_by_their_size() -> None:
    assert expected_error(bands(judged(0.75, 3, 1))) == 0
    assert expected_error(bands([*judged(0.5, 3, 0), *judged(1.0, 1, 0)])) == pytest.approx(0.375)
    assert expected_error([]) == 0


def test_the_most_misleading_origin_comes_first() -> None:
    found = origins([*judged(0.9, 9, 1), *judged(0.9, 2, 8, "of"), *judged(0.5, 5, 0, "kill-v")])
    assert [band.name for band in found] == ["of", "kill-v", "meet-v"]


@pytest.mark.parametrize(
    ("confidence", "right", "wrong", "calibrated"), [(0.8, 8, 2, True), (0.8, 2, 8, False), (0.99, 1, 0, True)]
)
def test_few_statements_prove_nothing(confidence: float, right: int, wrong: int, calibrated: bool) -> None:
    [band] = bands(judged(confidence, right, wrong))
    assert band.is_calibrated is calibrated
    assert band.interval[0] <= band.precision <= band.interval[1]


def test_the_plot_has_a_point_for_each_band() -> None:
    root = ET.fromstring(reliability_svg([Band("0.80-0.90", 10, 5, 0.85), Band("0.20-0.30", 40, 10, 0.25)], size=100))
    circles = [element for element in root if element.tag.endswith("circle")]
    assert [float(circle.attrib["cx"]) for circle in circles] == pytest.approx([44 + 0.85 * 12, 44 + 0.25 * 12])
    assert [float(circle.attrib["cy"]) for circle in circles] == pytest.approx([56 - 0.5 * 12, 56 - 0.25 * 12])

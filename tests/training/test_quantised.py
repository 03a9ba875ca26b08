"""Linear layers with weights of eight bits."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from kg.training.quantised import EightBits, in_eight_bits, quantise  # noqa: E402


@pytest.mark.parametrize("inputs", [1, 7, 64])
def test_weights_are_as_near_as_a_step_allows(inputs: int) -> None:
    torch.manual_seed(1)
    weights = torch.randn(20, inputs) * torch.logspace(-3, 1, 20)[:, None]
    small, scale = quantise(weights)
    assert (small * scale[:, None] - weights).abs().le(scale[:, None] * 0.5001).all()
    assert small.abs().amax(1).ge(60).all()


def test_no_two_neighbours_overflow_sixteen_bits() -> None:
    torch.manual_seed(2)
    weights = torch.cat([torch.ones(1, 8), -torch.ones(1, 8), torch.randn(200, 8)])
    small, _ = quantise(weights)
    pairs = small.int().unflatten(1, (-1, 2))
    highest, lowest = pairs.clamp(min=0).sum(-1).amax(), pairs.clamp(max=0).sum(-1).amin()
    assert 255 * highest <= 32767
    assert 255 * lowest >= -32768


def test_a_row_of_nothing_stays_nothing() -> None:
    small, scale = quantise(torch.zeros(2, 4))
    assert not small.any()
    assert torch.isfinite(scale).all()


def test_layers_are_replaced_at_every_depth() -> None:
    torch.manual_seed(3)
    module = torch.nn.Sequential(torch.nn.Linear(8, 6), torch.nn.Sequential(torch.nn.GELU(), torch.nn.Linear(6, 2)))
    values = torch.randn(5, 8)
    wanted = module(values)
    in_eight_bits(module)
    assert [type(layer) for layer in (module[0], module[1][1])] == [EightBits, EightBits]
    assert torch.allclose(module(values), wanted, atol=0.05)

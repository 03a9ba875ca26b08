"""The loop in which scorers learn; needs the extra "train"."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from kg.training.fitting import fit, moving_average, warmed_up  # noqa: E402


def test_the_average_soon_forgets_the_first_weights() -> None:
    average, update = torch.zeros(1), moving_average(0.998)
    for seen in range(1, 60):
        update([average], [torch.ones(1)], seen)
    assert average.item() > 0.99


def test_the_average_of_many_steps_is_as_slow_as_asked() -> None:
    average = torch.zeros(1)
    moving_average(0.9)([average], [torch.ones(1)], torch.tensor(1000))
    assert average.item() == pytest.approx(0.1)


def test_rates_rise_and_fall() -> None:
    model = torch.nn.Linear(1, 1)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.5)
    rates: list[float] = []

    def loss(step: int) -> torch.Tensor:
        rates.append(optimiser.param_groups[0]["lr"])
        return model(torch.ones(1, 1)).sum() * 0

    fit(model, optimiser, [lambda: range(10)] * 10, loss, share=warmed_up)
    assert rates[0] < 0.01 and max(rates) == pytest.approx(0.5, abs=0.01) and rates[-1] < 0.01
    assert rates.index(max(rates)) == 6 and rates[6:] == sorted(rates[6:], reverse=True)


def test_what_is_learned_is_the_average_of_the_weights() -> None:
    model = torch.nn.Linear(1, 1, bias=False)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
    wanted = torch.tensor([[3.0]])
    learned = fit(
        model, optimiser, [lambda: [wanted]] * 200, lambda goal: (model.weight - goal).square().sum(), share=warmed_up
    )
    assert learned.weight.item() == pytest.approx(3.0, abs=0.05) and not learned.training

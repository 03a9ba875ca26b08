"""The loop in which scorers and their teachers learn."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.swa_utils import AveragedModel

from kg.training.losses import take_step

log = logging.getLogger(__name__)

M = TypeVar("M", bound=nn.Module)
T = TypeVar("T")


def fit(
    model: M,
    optimiser: Optimizer,
    epochs: Sequence[Callable[[], Sequence[T]]],
    loss: Callable[[T], Tensor],
    *,
    share: Callable[[float], float],
    decay: float = 0.995,
) -> M:
    """Take the steps that each of ``epochs`` gives. What is returned is the moving average of the weights.

    :param loss: what is lost by the model in a step.
    :param share: of the highest rates, which are the optimiser's, what is due when so much of the training is done.
    :param decay: of the average, as for :func:`moving_average`.
    """
    average = AveragedModel(model, multi_avg_fn=moving_average(decay))
    rates = [group["lr"] for group in optimiser.param_groups]
    model.train()
    for epoch, steps in enumerate(epochs):
        lost, given = 0.0, steps()
        for number, step in enumerate(given):
            due = share((epoch + number / len(given)) / len(epochs))
            for group, highest in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = highest * due
            value = loss(step)
            take_step(model, average, optimiser, value)
            lost += value.item()
        log.info("epoch %d: loss %.4f", epoch + 1, lost / len(given))
    trained: M = average.module
    return trained.eval()


def moving_average(decay: float) -> Callable[[Sequence[Tensor], Sequence[Tensor], int | Tensor], None]:
    """An exponential moving average that forgets the first weights sooner than ``decay`` alone would: after ``n`` steps
    the share that is kept is ``(1 + n) / (10 + n)`` at the most."""

    def update(averaged: Sequence[Tensor], current: Sequence[Tensor], seen: int | Tensor) -> None:
        kept = min(decay, (1 + int(seen)) / (10 + int(seen)))
        with torch.no_grad():
            for mean, new in zip(averaged, current, strict=True):
                mean.lerp_(new.to(mean.device), 1 - kept)

    return update


def warmed_up(done: float, *, until: float = 0.06) -> float:
    """The share of a rate that rises to the whole at first and then falls to nothing."""
    return min(1.0, (done + 1e-4) / until) * min(1.0, (1.0 - done) / (1.0 - until))


def in_steps(given: Sequence[T], size: Callable[[T], float], least: int, rng: random.Random) -> Iterator[list[T]]:
    """All of ``given`` in random order, so many together that their sizes are ``least``."""
    step: list[T] = []
    for one in rng.sample(given, len(given)):
        step.append(one)
        if sum(map(size, step)) >= least:
            yield step
            step = []
    if step:
        yield step


def endless(given: Sequence[T], size: Callable[[T], float], least: int, rng: random.Random) -> Iterator[list[T]]:
    """The steps of :func:`in_steps` again and again."""
    while True:
        yield from in_steps(given, size, least, rng)

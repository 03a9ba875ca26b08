"""Logistic regression with a penalty for each weight and weights that may not be negative."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]


def likeliest(
    values: Floats,
    right: NDArray[np.bool_],
    penalty: Floats,
    *,
    counts: Floats | None = None,
    not_negative: Collection[int] = (),
) -> Floats:
    """The ``[n]`` weights that make what is known likeliest (L-BFGS-B, Byrd et al. 1995).

    :param values: ``[cases, n]``.
    :param right: ``[cases]``.
    :param penalty: ``[n]``: half of it, times the square of the weight, is added to what is lost.
    :param counts: ``[cases]``, what each counts; default: 1.
    :param not_negative: the numbers of weights that are nothing at the least.
    """
    signs = np.where(right, 1.0, -1.0)
    weighed = np.ones(len(signs)) if counts is None else counts

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (values @ weights)
        slope = -values.T @ (weighed * signs * np.exp(-np.logaddexp(0.0, margins))) + penalty * weights
        return lost(weights, values, right, weighed) + float((penalty * weights) @ weights / 2), slope

    n = values.shape[1]
    bounds = [(0.0 if number in not_negative else None, None) for number in range(n)]
    best: Floats = minimize(loss, np.zeros(n), jac=True, method="L-BFGS-B", bounds=bounds).x
    return best


def lost(weights: Floats, values: Floats, right: NDArray[np.bool_], counts: Floats) -> float:
    """The logarithm of how unlikely what is known is by these weights; parameters as for :func:`likeliest`."""
    return float(counts @ np.logaddexp(0.0, np.where(right, -1.0, 1.0) * (values @ weights)))

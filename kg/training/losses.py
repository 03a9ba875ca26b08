"""The loss of a batch: the sum over what its corpus annotates; and a step of training against a loss."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim import Optimizer
from torch.optim.swa_utils import AveragedModel

from kg.training.batches import IGNORE, Batch, Links
from kg.training.model import JointModel


def losses(model: JointModel, batch: Batch) -> dict[str, Tensor]:
    """Cross-entropies by head."""
    words = model.words(batch.ids, batch.look, batch.first, batch.last, batch.mask)
    out: dict[str, Tensor] = {}
    if batch.starts is not None:
        logits, known = model.sentence(words).squeeze(-1).float(), batch.starts != IGNORE
        out["sentence"] = F.binary_cross_entropy_with_logits(logits[known], batch.starts[known].float())
    if batch.upos is not None:
        out["upos"] = _cross_entropy(model.upos(words), batch.upos)
    if batch.heads is not None and batch.deps is not None and batch.starts is not None:
        out["arc"] = _arc_loss(model.arcs(words), batch.heads, batch.starts)
        dep, head = model.relation_vectors(words)
        index = batch.heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, head.shape[-1])
        known = batch.deps != IGNORE
        out["relation"] = F.cross_entropy(
            model.relations(dep[known], head.gather(1, index)[known]).float(), batch.deps[known]
        )
    if batch.links is not None:
        out["coreference"] = _link_loss(model, words, batch.links)
    if (stated := batch.stated) is not None:
        vectors = model.stated.vectors(words).flatten(0, 1).float()
        logits = model.stated(vectors, stated.spans, stated.left, stated.right, stated.features).float()
        wrong = F.binary_cross_entropy_with_logits(logits, stated.targets, reduction="none")
        out["stated"] = wrong[stated.known].sum() / len(wrong)
    for layer, target in batch.tags.items():
        out[layer] = _cross_entropy(model.tags[layer](words), target)
    return out


def _cross_entropy(logits: Tensor, target: Tensor) -> Tensor:
    return F.cross_entropy(logits.float().flatten(0, 1), target.flatten(), ignore_index=IGNORE)


def _link_loss(model: JointModel, words: Tensor, links: Links) -> Tensor:
    vectors = model.coreference.vectors(words).flatten(0, 1).float()
    scores = model.coreference(vectors, links.spans, links.left, links.right, links.features).squeeze(-1).float()
    return antecedent_loss(scores, links.left, links.same, len(links.spans))


def antecedent_loss(scores: Tensor, left: Tensor, same: Tensor, n: int) -> Tensor:
    """The marginal likelihood of the right antecedents of each of ``n`` mentions, or of none (Lee et al. 2017).

    :param scores: ``[pairs]``, none scores 0.
    :param left: ``[pairs]``, the number of the mention whose antecedent the other may be.
    :param same: ``[pairs]``, whether it is.
    """
    none = torch.zeros(n)
    right = scores.masked_fill(~same, -torch.inf)
    first = ~torch.zeros(n, dtype=torch.bool).index_fill(0, left[same], True)
    best = torch.cat([none.masked_fill(~first, -torch.inf), right])
    mention = torch.cat([torch.arange(n), left])
    everything = torch.cat([none, scores])
    return (_log_sum_exp(everything, mention, n) - _log_sum_exp(best, mention, n)).mean()


def _log_sum_exp(values: Tensor, group: Tensor, n: int) -> Tensor:
    """``[n]``: the logarithm of the sum of the exponentials of each group's values."""
    top = torch.full((n,), -torch.inf).scatter_reduce(0, group, values.detach(), "amax")
    return torch.zeros(n).index_add(0, group, (values - top[group]).exp()).log() + top


def _arc_loss(scores: Tensor, heads: Tensor, starts: Tensor) -> Tensor:
    """Cross-entropy of the head among the words of the sentence and the root. ``heads``: the root is its own head."""
    n = heads.shape[1]
    sentence = starts.clamp(min=0).cumsum(dim=1)
    valid = heads != IGNORE
    same = (sentence.unsqueeze(2) == sentence.unsqueeze(1)) & valid.unsqueeze(1) & valid.unsqueeze(2)
    allowed = F.pad(same, (1, 0), value=True)
    positions = torch.arange(n)
    target = torch.where(heads == positions, 0, heads + 1)
    scores = scores.float().masked_fill(~allowed, -1e4)
    return F.cross_entropy(scores[valid], target[valid])


def take_step(model: nn.Module, average: AveragedModel, optimiser: Optimizer, loss: Tensor) -> None:
    """Change the weights against a loss, and take note of them in their moving average."""
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    average.update_parameters(model)

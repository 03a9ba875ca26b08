"""What a model says of a batch, and what is lost by it: against the corpora, and against what its teachers say.

Teachers are models trained before, whose mean teaches another (Hinton, Vinyals and Dean 2015), on text that nobody
annotated too: there they tell everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim import Optimizer
from torch.optim.swa_utils import AveragedModel

from kg.training.batches import IGNORE, Batch
from kg.training.model import SHIPPED_LAYERS, JointModel

#: Score of a head outside the sentence.
_NEVER = -1e4


class Scores:
    """The logits of a model for a batch; a head works when it is first asked."""

    def __init__(self, model: JointModel, batch: Batch) -> None:
        self.model, self.batch = model, batch
        self.words = model.words(batch.ids, batch.look, batch.first, batch.last, batch.mask)

    @cached_property
    def sentence(self) -> Tensor:
        """``[batch, words]``."""
        return self.model.sentence(self.words).squeeze(-1).float()

    @cached_property
    def upos(self) -> Tensor:
        """``[batch, words, labels]``."""
        scores: Tensor = self.model.upos(self.words)
        return scores.float()

    @cached_property
    def arcs(self) -> Tensor:
        """``[batch, words, 1 + words]``: of the root, then of each word of the chunk, as the head of each word."""
        return self.model.arcs(self.words).float()

    def relations(self, heads: Tensor) -> Tensor:
        """``[batch, words, labels]`` for words whose heads are at ``[batch, words]``; a root is its own head."""
        dep, head = self.model.relation_vectors(self.words)
        at_heads = head.gather(1, heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        return self.model.relations(dep, at_heads).float()

    def tags(self, layer: str) -> Tensor:
        """``[batch, words, tags]``."""
        scores: Tensor = self.model.tags[layer](self.words)
        return scores.float()

    @cached_property
    def coreference(self) -> Tensor:
        """``[pairs]`` of ``batch.links``."""
        vectors, links = self.model.coreference.vectors(self.words).flatten(0, 1).float(), self.batch.links
        assert links is not None
        scores: Tensor = self.model.coreference(vectors, links.spans, links.left, links.right, links.features)
        return scores.squeeze(-1).float()

    @cached_property
    def stated(self) -> Tensor:
        """``[pairs, relations]`` of ``batch.stated``."""
        vectors, stated = self.model.stated.vectors(self.words).flatten(0, 1).float(), self.batch.stated
        assert stated is not None
        scores: Tensor = self.model.stated(vectors, stated.spans, stated.left, stated.right, stated.features)
        return scores.float()


def losses(scores: Scores, batch: Batch) -> dict[str, Tensor]:
    """Cross-entropies by head, of what the corpus annotates."""
    out: dict[str, Tensor] = {}
    if batch.unlabelled:
        return out
    if batch.starts is not None:
        wrong = F.binary_cross_entropy_with_logits(scores.sentence, batch.starts.float(), reduction="none")
        out["sentence"] = _mean(wrong, batch.starts != IGNORE)
    if batch.upos is not None:
        out["upos"] = _cross_entropy(scores.upos, batch.upos)
    if batch.heads is not None and batch.deps is not None and batch.starts is not None:
        target = torch.where(batch.heads == _positions(batch), 0, batch.heads + 1)
        arcs = scores.arcs.masked_fill(~_inside(batch, batch.starts), _NEVER)
        out["arc"] = _cross_entropy(arcs, torch.where(batch.heads == IGNORE, IGNORE, target))
        out["relation"] = _cross_entropy(scores.relations(batch.heads), batch.deps)
    if (links := batch.links) is not None:
        out["coreference"] = antecedent_loss(scores.coreference, links.left, links.same, len(links.spans))
    if (stated := batch.stated) is not None:
        wrong = F.binary_cross_entropy_with_logits(scores.stated, stated.targets, reduction="none")
        out["stated"] = (wrong * stated.known).sum() / len(wrong)
    for layer, target in batch.tags.items():
        out[layer] = _cross_entropy(scores.tags(layer), target)
    return out


@dataclass(frozen=True, slots=True)
class Lesson:
    """What teachers say of a batch: the mean of their probabilities, in the shapes of :class:`Scores`.

    ``heads`` are the likeliest, ``relations`` is of the arcs to them; ``inside`` tells which heads are in the word's
    sentence; the last of ``coreference`` are of the mentions, that each has no antecedent.
    """

    sentence: Tensor
    upos: Tensor
    inside: Tensor
    arcs: Tensor
    heads: Tensor
    relations: Tensor
    tags: Mapping[str, Tensor]
    coreference: Tensor | None
    stated: Tensor | None


def lesson(teachers: Sequence[JointModel], batch: Batch) -> Lesson:
    """What the teachers say of a batch; where sentences start, they say where the corpus does not."""
    with torch.no_grad():
        return _mean_of([Scores(teacher, batch) for teacher in teachers], batch)


def _mean_of(found: Sequence[Scores], batch: Batch) -> Lesson:
    def mean(values: Sequence[Tensor]) -> Tensor:
        return torch.stack(list(values)).mean(0)

    sentence = mean([scores.sentence.sigmoid() for scores in found])
    inside = _inside(batch, (sentence > 0.5).long() if batch.starts is None else batch.starts)
    arcs = mean([scores.arcs.masked_fill(~inside, _NEVER).softmax(-1) for scores in found])
    best = arcs.argmax(-1)
    heads = torch.where(best == 0, _positions(batch), best - 1)
    links = batch.links
    return Lesson(
        sentence,
        mean([scores.upos.softmax(-1) for scores in found]),
        inside,
        arcs,
        heads,
        mean([scores.relations(heads).softmax(-1) for scores in found]),
        {layer: mean([scores.tags(layer).softmax(-1) for scores in found]) for layer in SHIPPED_LAYERS},
        links
        and mean([antecedent_likelihoods(scores.coreference, links.left, len(links.spans)).exp() for scores in found]),
        batch.stated and mean([scores.stated.sigmoid() for scores in found]),
    )


def lesson_losses(scores: Scores, told: Lesson, batch: Batch) -> dict[str, Tensor]:
    """Cross-entropies by head, of what the teachers tell, under the names of :func:`losses`."""
    known = batch.known

    def soft(logits: Tensor, wanted: Tensor) -> Tensor:
        return _mean(-(wanted * logits.log_softmax(-1)).sum(-1), known)

    out = {
        "sentence": _mean(F.binary_cross_entropy_with_logits(scores.sentence, told.sentence, reduction="none"), known),
        "upos": soft(scores.upos, told.upos),
        "arc": soft(scores.arcs.masked_fill(~told.inside, _NEVER), told.arcs),
        "relation": soft(scores.relations(told.heads), told.relations),
        **{layer: soft(scores.tags(layer), wanted) for layer, wanted in told.tags.items()},
    }
    if (links := batch.links) is not None and told.coreference is not None:
        out["coreference"] = taught_antecedent_loss(scores.coreference, links.left, told.coreference)
    if told.stated is not None:
        wrong = F.binary_cross_entropy_with_logits(scores.stated, told.stated, reduction="none")
        out["stated"] = wrong.sum() / len(wrong)
    return out


def _positions(batch: Batch) -> Tensor:
    return torch.arange(batch.first.shape[1], device=batch.first.device)


def _inside(batch: Batch, starts: Tensor) -> Tensor:
    """``[batch, words, 1 + words]``: whether the root, which always may, and each word may be the head of a word."""
    sentence = starts.clamp(min=0).cumsum(dim=1)
    same = (sentence.unsqueeze(2) == sentence.unsqueeze(1)) & batch.known.unsqueeze(1) & batch.known.unsqueeze(2)
    return F.pad(same, (1, 0), value=True)


def _mean(values: Tensor, where: Tensor) -> Tensor:
    return (values * where).sum() / where.sum().clamp(min=1)


def _cross_entropy(logits: Tensor, target: Tensor) -> Tensor:
    return F.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=IGNORE)


def antecedent_loss(scores: Tensor, left: Tensor, same: Tensor, n: int) -> Tensor:
    """The marginal likelihood of the right antecedents of each of ``n`` mentions, or of none (Lee et al. 2017).

    :param scores: ``[pairs]``, none scores 0.
    :param left: ``[pairs]``, the number of the mention whose antecedent the other may be.
    :param same: ``[pairs]``, whether it is.
    """
    likely = antecedent_likelihoods(scores, left, n)
    first = scores.new_zeros(n).index_add(0, left, same.to(scores.dtype)) == 0
    right = likely.masked_fill(~torch.cat([same, first]), -torch.inf)
    return -_log_sum_exp(right, _mentions(left, n), n).mean()


def taught_antecedent_loss(scores: Tensor, left: Tensor, told: Tensor) -> Tensor:
    """Cross-entropy of a mention against what was told of it.

    :param scores: and ``left`` as for :func:`antecedent_loss`.
    :param told: ``[pairs + mentions]``, the probabilities of the antecedents, then of none for each mention.
    """
    n = len(told) - len(scores)
    return -(told * antecedent_likelihoods(scores, left, n)).sum() / n


def antecedent_likelihoods(scores: Tensor, left: Tensor, n: int) -> Tensor:
    """``[pairs + n]``: the logarithm of the likelihood of each antecedent, then of none for each mention."""
    everything = torch.cat([scores, scores.new_zeros(n)])
    mention = _mentions(left, n)
    return everything - _log_sum_exp(everything, mention, n)[mention]


def _mentions(left: Tensor, n: int) -> Tensor:
    return torch.cat([left, torch.arange(n, device=left.device)])


def _log_sum_exp(values: Tensor, group: Tensor, n: int) -> Tensor:
    """``[n]``: the logarithm of the sum of the exponentials of each group's values."""
    top = values.new_full((n,), -torch.inf).scatter_reduce(0, group, values.detach(), "amax")
    return values.new_zeros(n).index_add(0, group, (values - top[group]).exp()).log() + top


def take_step(model: nn.Module, average: AveragedModel, optimiser: Optimizer, loss: Tensor) -> None:
    """Change the weights against a loss, and take note of them in their moving average."""
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    average.update_parameters(model)

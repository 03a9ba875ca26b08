"""The vectors that a model in PyTorch gives the words of a text, as the shipped one leaves them in ``doc.tensor``."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from kg.language.encoding import WordEncoder
from kg.training.model import JointModel


def word_vectors(
    model: JointModel, encoder: WordEncoder, tokens: Sequence[str], joined: Sequence[bool], device: torch.device
) -> Tensor:
    """``[tokens, width]``, in 16 bits, on ``device``, where the model is; tokens of white space have none.

    :param joined: of each token, whether no white space stands before it.
    """
    index = [i for i, token in enumerate(tokens) if not token.isspace()]
    words, close = [tokens[i] for i in index], [joined[i] for i in index]
    found = torch.zeros(len(tokens), model.sentence.in_features, dtype=torch.float16, device=device)
    chunks = list(encoder.chunks(words, close, [False] * len(words)))
    if not chunks:
        return found

    def padded(values: Sequence[Sequence[int]]) -> Tensor:
        return pad_sequence([torch.as_tensor(row) for row in values], batch_first=True).to(device)

    mask = padded([[1] * len(chunk.ids) for chunk in chunks])
    ids, look, first, last = (padded([getattr(c, name) for c in chunks]) for name in ("ids", "look", "first", "last"))
    with torch.no_grad(), torch.autocast(device.type, dtype=torch.bfloat16):
        rows = model.words(ids, look, first, last, mask)
    vectors = torch.cat([row[: chunk.end - chunk.start] for row, chunk in zip(rows, chunks, strict=True)])
    found[torch.tensor(index, device=device)] = vectors.to(torch.float16)
    return found

"""The encoder in the form in which it ships: weights of eight bits, attention as one operator.

Activations become eight bits while running, by the range of the whole input. The special first piece has values in the
feed-forward layers that are some eight times those of any word: with them in the range, hardly five bits would be left
to the words. So it goes through these layers by itself.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import BertModel

_MOST = 127
#: Processors without VNNI add two products of a weight and an activation, which is 255 at the most, in 16 bits.
_MOST_OF_PAIR = 32767 // 255


class EightBits(nn.Module):
    """A linear layer with weights of eight bits, and a scale for each of its outputs."""

    def __init__(self, *layers: nn.Linear) -> None:
        """Several layers of the same inputs become one: of each value the same, in less time."""
        super().__init__()
        weights, scale = quantise(torch.cat([layer.weight.detach() for layer in layers]))
        self.weights = nn.Parameter(weights.t().contiguous(), requires_grad=False)
        self.scale = nn.Parameter(scale, requires_grad=False)
        biases = [layer.bias.detach() for layer in layers if layer.bias is not None]
        self.bias = nn.Parameter(torch.cat(biases), requires_grad=False) if biases else None

    def forward(self, values: Tensor) -> Tensor:
        """``[..., outputs]`` from ``[..., inputs]``."""
        product: Tensor = _Product.apply(values, self.weights, self.scale)
        return product if self.bias is None else product + self.bias


def quantise(weights: Tensor) -> tuple[Tensor, Tensor]:
    """``[outputs, inputs]`` as int8, and ``[outputs]`` the value of one step of each output.

    The steps are as small as they can be so that nothing overflows on any processor: where two neighbours of one sign
    are both large, they are wider than the largest weight alone would have them.
    """
    even = F.pad(weights, (0, weights.shape[1] % 2)).unflatten(-1, (-1, 2))
    pairs = torch.maximum(even.clamp(min=0).sum(-1), even.clamp(max=0).sum(-1).neg()).amax(1)
    # Rounding may add half a step to each of a pair.
    scale = torch.maximum(weights.abs().amax(1) / _MOST, pairs / (_MOST_OF_PAIR - 1))
    scale = scale.clamp(min=torch.finfo(scale.dtype).tiny)
    return (weights / scale[:, None]).round().to(torch.int8), scale


class _Product(torch.autograd.Function):
    """Values times weights of eight bits; in ONNX of values that become eight bits too."""

    @staticmethod
    def forward(ctx: Any, values: Tensor, weights: Tensor, scale: Tensor) -> Tensor:
        return values @ (weights * scale)

    @staticmethod
    def symbolic(g: Any, values: Any, weights: Any, scale: Any) -> Any:
        small, step, zero = g.op("DynamicQuantizeLinear", values, outputs=3)
        product = g.op("Cast", g.op("MatMulInteger", small, weights, zero), to_i=torch.onnx.TensorProtoDataType.FLOAT)
        rank = values.type().dim()
        return g.op("Mul", product, g.op("Mul", step, scale)).setType(values.type().with_sizes([None] * rank))


class _Attention(torch.autograd.Function):
    """Attention of several heads; in ONNX the operator that ONNX Runtime has for it."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        query, key, value = (each.unflatten(-1, (heads, -1)).transpose(1, 2) for each in (query, key, value))
        return F.scaled_dot_product_attention(query, key, value).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        return g.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads).setType(query.type())


class Encoder(nn.Module):
    """A trained encoder with all its linear layers in eight bits, for one chunk of pieces."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.heads: int = encoder.config.num_attention_heads
        embeddings = encoder.embeddings
        places = embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0]
        self.places = nn.Parameter(places.detach(), requires_grad=False)
        self.norm = embeddings.LayerNorm
        self.layers = nn.ModuleList(_Layer(layer, self.heads) for layer in encoder.encoder.layer)

    def forward(self, embedded: Tensor) -> Tensor:
        """``[pieces - 1, width]``, without the special first piece, from ``[pieces, width]`` embedded pieces."""
        values: Tensor = self.norm(embedded + self.places[: embedded.shape[0]])
        for layer in self.layers[:-1]:
            values = layer(values)
        words: Tensor = self.layers[-1](values, words=True)  # nothing looks at the first piece of what comes out
        return words


class _Layer(nn.Module):
    def __init__(self, layer: nn.Module, heads: int) -> None:
        super().__init__()
        self.heads = heads
        look, attended = layer.attention.self, layer.attention.output
        self.look = EightBits(look.query, look.key, look.value)
        self.attended, self.attention_norm = EightBits(attended.dense), attended.LayerNorm
        self.inner, self.outer = EightBits(layer.intermediate.dense), EightBits(layer.output.dense)
        self.norm = layer.output.LayerNorm

    def forward(self, values: Tensor, *, words: bool = False) -> Tensor:
        """The layer's vectors of all pieces, or of ``words`` alone, which are all but the first piece."""
        looks = self.look(values).unsqueeze(0).split(values.shape[-1], -1)
        found = _Attention.apply(*looks, self.heads).squeeze(0)
        values = self.attention_norm(self.attended(found) + values)
        parts = [values[1:]] if words else [values[:1], values[1:]]
        fed = [self.outer(F.gelu(self.inner(part))) for part in parts]
        normed: Tensor = self.norm(fed[0] + parts[0] if words else torch.cat(fed) + values)
        return normed


def in_eight_bits(module: nn.Module) -> None:
    """Replace all linear layers inside a module."""
    for name, child in module.named_children():
        if isinstance(child, nn.Linear):
            setattr(module, name, EightBits(child))
        else:
            in_eight_bits(child)

"""The models, one file each; a scenario's option `model` chooses among them."""

from engine.models.attention import attention, self_attention, target_attention
from engine.models.dense import dense
from engine.models.encoder_decoder import encoder_decoder
from engine.models.rnn import rnn
from engine.models.transformer_xl import transformer_xl

MODELS = {
    "encoder_decoder": encoder_decoder,
    "attention": attention,
    "self_attention": self_attention,
    "target_attention": target_attention,
    "dense": dense,
    "rnn": rnn,
    "transformer_xl": transformer_xl,
}

__all__ = [
    "MODELS",
    "attention",
    "dense",
    "encoder_decoder",
    "rnn",
    "self_attention",
    "target_attention",
    "transformer_xl",
]

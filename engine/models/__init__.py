"""The models, one file each; a scenario's option `model` chooses among them."""

from engine.models.encoder_decoder import encoder_decoder
from engine.models.rnn import rnn
from engine.models.transformer_xl import transformer_xl

MODELS = {"encoder_decoder": encoder_decoder, "rnn": rnn, "transformer_xl": transformer_xl}

__all__ = ["MODELS", "encoder_decoder", "rnn", "transformer_xl"]

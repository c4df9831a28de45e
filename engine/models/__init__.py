"""The models, one file each; a scenario's option `model` chooses among them."""

from engine.models.encoder_decoder import encoder_decoder

MODELS = {"encoder_decoder": encoder_decoder}

__all__ = ["MODELS", "encoder_decoder"]

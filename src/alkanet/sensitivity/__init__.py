"""How each drug acts on each haplotype, if ALK drives the tumour; itemised."""

from alkanet.sensitivity.predict import predict, predict_one

__all__ = ["predict", "predict_one"]

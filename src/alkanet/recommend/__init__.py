"""Next steps, ranked by named terms, argued for and against."""

from alkanet.recommend.rank import rank

__all__ = ["rank"]

"""Next steps, ranked by named terms, argued for and against."""

from alkanet.recommend.question import StrategyQuestion
from alkanet.recommend.rank import rank

__all__ = ["StrategyQuestion", "rank"]

"""Lines of therapy to facts: what was given, what failed, and what that failure means."""

from alkanet.history.derive import derive

__all__ = ["derive"]

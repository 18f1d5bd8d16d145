"""The version of the software; that of the knowledge stands in the knowledge."""

__all__ = ["__version__"]

__version__ = "0.3.0"

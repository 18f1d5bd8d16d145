"""``python -m alkanet``."""

from alkanet.cli.main import run

run()

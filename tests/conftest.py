"""What all tests share: the repository's folders, the command line, and the golden switch."""

import os
import subprocess
import sys
from dataclasses import dataclass

import pytest
from hypothesis import settings

from places import ROOT

# examples are counted, never timed: a busy machine must not turn a test red
settings.register_profile("alkanet", deadline=None)
settings.load_profile("alkanet")


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files anew; review the diff"
    )


@dataclass(frozen=True)
class Finished:
    """A command that has ended."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="session")
def alkanet():
    """Run the real command line: ``alkanet("lookup", "G1202R")``."""

    def run(*arguments, cwd=ROOT, env=None):
        done = subprocess.run(
            [sys.executable, "-m", "alkanet", *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, "COLUMNS": "120", **(env or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        return Finished(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def kb():
    """The compiled knowledge of this checkout."""
    from alkanet.kb.locate import open_knowledge

    return open_knowledge()


@pytest.fixture
def is_update(request):
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--update-golden"))

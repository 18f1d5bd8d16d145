"""CPU milliseconds of ``assess`` on the demo case, warm, and its ratio to the first whole report.

The whole path is run once, so that the knowledge is open and everything imported. The case and the
tumour of its report are then assessed again and again; the median over the rounds is printed.

    make bench
"""

import argparse
import statistics
import time
from pathlib import Path

from alkanet import LooseInputs, make_report, open_knowledge
from alkanet.assess import assess

DEMO = Path(__file__).resolve().parents[1] / "examples" / "demo" / "case.yaml"
MOST_MS = 20.0


def main() -> int:
    """Print the figure; the exit status is 1 where the bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    kb = open_knowledge()
    started = time.process_time()
    report = make_report(DEMO, LooseInputs(), kb)
    whole = 1000 * (time.process_time() - started)
    for _ in range(3):
        assess(report.case, report.tumour, kb)
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        assess(report.case, report.tumour, kb)
        taken.append(1000 * (time.process_time() - started))
    middle = statistics.median(taken)
    share = middle / whole
    print(f"assess, demo, warm: {middle:.1f} ms CPU (at most {MOST_MS:g});", end=" ")
    print(f"{share:.2f} of a first report")
    return int(middle > MOST_MS)


if __name__ == "__main__":
    raise SystemExit(main())

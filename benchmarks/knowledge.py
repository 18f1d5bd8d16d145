"""CPU of `kb check` as a whole process, milliseconds of a look-up, size of the compiled knowledge.

The look-up is one haplotype with one drug in the open, compiled knowledge: its evidence read and
called. The median over all pairs that are held is printed, and the slowest.

    make bench
"""

import resource
import statistics
import subprocess
import sys
import time

from alkanet.kb.locate import compiled_knowledge
from alkanet.kb.query import KnowledgeBase
from alkanet.sensitivity import predict_one

MOST_CHECK_S = 2.0
MOST_LOOK_UP_MS = 5.0
MOST_MB = 5.0


def check_seconds():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "alkanet", "kb", "check"]
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def look_up_ms(kb):
    rules, therapies = kb.response_rules(), kb.therapies()
    taken = []
    for haplotype in kb.haplotypes():
        for therapy in therapies:
            started = time.process_time()
            predict_one(haplotype, therapy, kb, rules)
            taken.append(1000 * (time.process_time() - started))
    return taken


def main() -> int:
    """Print the figures; the exit status is 1 where a bound is broken."""
    path = compiled_knowledge()
    check = statistics.median(check_seconds() for _ in range(3))
    kb = KnowledgeBase(path)
    look_up_ms(kb)
    taken = look_up_ms(kb)
    middle, slowest = statistics.median(taken), max(taken)
    size = path.stat().st_size / 1e6
    print(f"kb check, whole process: {check:.2f} s CPU (at most {MOST_CHECK_S:g})")
    print(
        f"look-up, {len(taken)} pairs, warm: {middle:.2f} ms, slowest {slowest:.2f} "
        f"(at most {MOST_LOOK_UP_MS:g})"
    )
    print(f"compiled knowledge: {size:.2f} MB (at most {MOST_MB:g})")
    return int(check > MOST_CHECK_S or middle > MOST_LOOK_UP_MS or size > MOST_MB)


if __name__ == "__main__":
    raise SystemExit(main())

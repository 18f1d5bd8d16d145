"""CPU seconds and peak memory of whole processes, as ratios to an import of the usual libraries.

The wheel is built and installed with bytecode compiled into a virtual environment of its own, as a
user would have it; NumPy is installed beside it for the yardstick alone. Each command is started
in turn with the yardstick, so that a ratio is taken between neighbours in time. The first run of
each pair is not counted. What is printed is the median over the runs.

    make bench
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
YARDSTICK = ("-c", "import pydantic, numpy, yaml, jinja2")
BOUNDS = {"lookup": 1.5, "report, one fusion": 3.0, "report, demo": 3.0}
MOST_MIB = 140.0
ONE_FUSION = "kind\tfinding\nfusion\tEML4::ALK v1\nkinase domain\tno mutation found\n"


def installed(folder: Path) -> Path:
    """Return the Python of a new environment that holds the wheel alone, and NumPy."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--compile"]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "--wheel-dir", str(folder), str(ROOT)],
        check=True,
    )  # fmt: skip
    wheel = next(folder.glob("alkanet-*.whl"))
    constraints = folder / "constraints.txt"
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pinned = [line.split(" ")[0] for line in lines if "==" in line and not line.startswith(" ")]
    constraints.write_text("\n".join(pinned) + "\n", encoding="utf-8")
    subprocess.run([*pip, "-c", str(constraints), str(wheel), "numpy"], check=True)
    subprocess.run(
        [str(python), "-m", "compileall", "-q", str(folder / "venv" / "lib")], check=False
    )
    return python


def measured(command: list[str], folder: Path) -> tuple[float, float]:
    """Return user and system seconds and peak MiB of one process."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    environment["XDG_CACHE_HOME"] = str(folder / "cache")
    pid = os.fork()
    if pid == 0:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        os.chdir(folder)
        os.execve(command[0], command, environment)
    _, status, used = os.wait4(pid, 0)
    if status:
        raise SystemExit(
            f"{' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}"
        )
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> int:
    """Print the table; the exit status is 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = installed(folder)
        alkanet = str(python.parent / "alkanet")
        (folder / "calls.tsv").write_text(ONE_FUSION, encoding="utf-8")
        commands = {
            "lookup": [alkanet, "lookup", "L1196M+G1202R", "--json"],
            "report, one fusion": [alkanet, "report", "--calls", "calls.tsv", "-o", "one"],
            "report, demo": [
                alkanet,
                "report",
                str(ROOT / "examples/demo/case.yaml"),
                "-o",
                "demo",
            ],
            "--help": [alkanet, "--help"],
        }
        yardstick = [str(python), *YARDSTICK]
        broken = False
        print(f"{'command':20} {'CPU s':>7} {'yardstick':>10} {'ratio':>6} {'bound':>6} {'MiB':>6}")
        for label, command in commands.items():
            pairs = [
                (measured(command, folder), measured(yardstick, folder)) for _ in range(runs + 1)
            ]
            counted = pairs[1:]
            cpu = statistics.median(c for (c, _), _ in counted)
            base = statistics.median(c for _, (c, _) in counted)
            ratio = statistics.median(c / b for (c, _), (b, _) in counted)
            peak = max(m for (_, m), _ in counted)
            bound = BOUNDS.get(label)
            broken = broken or (bound is not None and ratio > bound) or peak > MOST_MIB
            told = f"{bound:.1f}" if bound else "-"
            print(f"{label:20} {cpu:7.3f} {base:10.3f} {ratio:6.2f} {told:>6} {peak:6.0f}")
        print(f"peak memory bound {MOST_MIB:.0f} MiB; {runs} runs each")
    return int(broken)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())

"""How long does a whole diagnosis take at 200,000 and at 1,000,000 accounts, and in how much memory?

    python -m bench.scale [--rows 200000,1000000]

Runs `python -m engine diagnose demo:ROWS --key hcp_id` in a process of its own for each size and prints
seconds by the clock and of the processors, the peak of resident memory, the seconds of each stage, and the
widest half-width of a silhouette.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.machine import describe


def measured(rows: int) -> tuple[float, float, float, dict[str, float], float]:
    """Seconds by the clock, seconds of the processors, peak GB, seconds by stage, widest half-width."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "diagnosis.json"
        command = [sys.executable, "-m", "engine", "diagnose", f"demo:{rows}", "--key", "hcp_id"]
        began = time.perf_counter()
        child = subprocess.Popen([*command, "--quiet", "--out", str(out)])
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        if status:
            raise SystemExit(f"The diagnosis of {rows:,} rows ended with status {status}.")
        found = json.loads(out.read_text(encoding="utf-8"))
    # Linux counts kilobytes, macOS bytes.
    peak = usage.ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
    widest = max(result["silhouette_halfwidth"] or 0.0 for result in found["ks"])
    return seconds, usage.ru_utime + usage.ru_stime, peak, found["seconds"], widest


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", default="200000,1000000", help="sizes of the demo table (200000,1000000)")
    sizes = [int(rows) for rows in parser.parse_args().rows.split(",")]
    print(f"machine  {describe()}, load {os.getloadavg()[0]:.1f}")
    times = {}
    for rows in sizes:
        seconds, processors, peak, stages, widest = measured(rows)
        times[rows] = seconds
        print(
            f"{rows:>9,} rows  {seconds:6.1f} s ({processors:.0f} s of processors)  peak {peak:.2f} GB  "
            f"half-width {widest:.4f}"
        )
        print("          " + ", ".join(f"{stage} {spent:.1f}" for stage, spent in stages.items()), flush=True)
    if len(sizes) > 1:
        ratio = times[sizes[-1]] / times[sizes[0]]
        print(f"{ratio:.1f} times the seconds for {sizes[-1] / sizes[0]:.1f} times the rows")


if __name__ == "__main__":
    main()

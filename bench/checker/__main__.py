"""How often the checker is wrong: python -m bench.checker [--sets generated,frozen,practice] ...

Prints a table for each set with the gates beside it. Exit code 0 when every gate of every set asked for is
met, 1 when one is not, 2 when a set cannot be read.
"""

import argparse
import hashlib
import json
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.checker.judging import Judged, as_text, with_claims, written_lines
from bench.checker.personas import material
from bench.checker.profiles import cases
from bench.checker.tables import CLAIMS, FREE_TEXT, NONE, Gate, Table, markdown, show, tabulate
from bench.machine import describe
from llm.check import CHECKER_VERSION
from llm.facts import facts
from llm.profile_file import read_profile

HERE = Path(__file__).parent
SETS = ("generated", "frozen", "practice")
SEALED = "frozen"
"""The set whose sentences are never printed: a failure there is reported by class, not read."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and return its exit code."""
    options = _options(arguments)
    started = time.perf_counter()
    print(f"Checker {CHECKER_VERSION}. {describe()}.")
    tables: list[Table] = []
    for name in options.sets.split(","):
        found = _generated(options) if name == "generated" else _stored(name, options)
        if found is None:
            return 2
        tables += found
    seconds = time.perf_counter() - started
    print(f"{seconds:.0f} s in all. Limits are the ends of 95 % intervals by resampling profiles.")
    if options.json:
        content = {
            "checker": CHECKER_VERSION, "machine": describe(), "seconds": seconds, "seed": options.seed,
            "tables": [table.plain() for table in tables],
        }  # fmt: skip
        Path(options.json).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    if options.markdown:
        text = "\n\n".join(markdown(table) for table in tables)
        Path(options.markdown).write_text(text + "\n", encoding="utf-8")
    return 0 if all(table.met for table in tables) else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.checker",
        description="How often the persona checker is wrong, by class, with intervals.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--sets", default=",".join(SETS), help="which sets, separated by commas")
    parser.add_argument("--seed", type=int, default=2026, help="seed of tables, sentences and resampling")
    parser.add_argument("--profiles", type=int, default=240, help="profiles to generate")
    parser.add_argument("--json", default="", metavar="FILE", help="also write the tables as JSON")
    parser.add_argument("--markdown", default="", metavar="FILE", help="also write the tables for a README")
    parser.add_argument("--show", default="", metavar="CLASS",
                        help="print what went wrong in a class or kind (never of the frozen set)")  # fmt: skip
    return parser.parse_args(arguments)


def _generated(options: argparse.Namespace) -> list[Table]:
    started = time.perf_counter()
    made = [material(case, n, options.seed) for n, case in enumerate(cases(options.profiles, options.seed))]
    print(f"Generated {len(made)} profiles with their sentences in {time.perf_counter() - started:.0f} s.")
    found = []
    for title, judged, gate in (
        ("Generated, claims present", with_claims(made), CLAIMS),
        ("Generated, as free text", as_text(made), FREE_TEXT),
    ):
        found.append(_report(title, judged, gate, options, sealed=False))
    return found


def _stored(name: str, options: argparse.Namespace) -> list[Table] | None:
    """The tables of the sets in a folder: of the folder itself, or of each of its subfolders."""
    folder = HERE / name
    places = [folder] if (folder / "lines.jsonl").is_file() else sorted(folder.glob("*/"))
    places = [place for place in places if (place / "lines.jsonl").is_file()]
    if not places:
        print(f"No set in {folder.relative_to(HERE.parent.parent)}.", file=sys.stderr)
        return None
    found = []
    for place in places:
        content = (place / "lines.jsonl").read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        title = f"{name.capitalize()}{'' if place == folder else ' ' + place.name}, free text"
        print(f"{title}: sha256 {digest}, {_compared(place, digest)}.")
        lines = [json.loads(line) for line in content.decode().splitlines() if line.strip()]
        profiles = {}
        for path in sorted((place / "profiles").glob("*.json")):
            profile = read_profile(path.read_bytes(), path.name)
            profiles[path.stem] = (profile, facts(profile))
        judged = written_lines(lines, profiles)
        gate = FREE_TEXT if name == SEALED else NONE
        found.append(_report(title, judged, gate, options, sealed=name == SEALED))
    return found


def _compared(place: Path, digest: str) -> str:
    readme = place / "README.md"
    stated = re.search(r"\b[0-9a-f]{64}\b", readme.read_text(encoding="utf-8")) if readme.is_file() else None
    if stated is None:
        return "none committed beside it"
    return "as committed" if stated.group() == digest else "NOT the one committed beside it"


def _report(title: str, judged: Judged, gate: Gate, options: argparse.Namespace, *, sealed: bool) -> Table:
    table = tabulate(title, judged, gate, options.seed)
    print(show(table))
    if options.show and not sealed:
        for outcome in judged.outcomes:
            bad = not outcome.caught if outcome.wrong else outcome.alarm
            if outcome.kind == options.show and bad:
                said = "; ".join(f"{f.kind}: {f.message}" for f in outcome.findings)
                print(f"    {outcome.profile} {outcome.segment} {outcome.zone}: {outcome.text}  [{said}]")
    return table


if __name__ == "__main__":
    sys.exit(main())

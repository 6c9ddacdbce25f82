"""The command line over the same verbs as the app: python -m engine diagnose | segment.

Exit codes: 0 done; 2 the input or an option is wrong (one sentence on standard error); 3 interrupted.
Progress goes to standard error.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from engine import export
from engine.columns import repeating_account
from engine.diagnose import diagnose
from engine.errors import Cancelled, OptionProblem, StudioError
from engine.filters import find
from engine.intake import proposed_spec
from engine.model import ROW_NUMBER, Dataset, Diagnosis, FeatureSpec, Filter
from engine.repeats import repeats
from engine.segment import build, features_of, tiny_segments
from engine.sources import open_source
from engine.workspace import Workspace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (Cancelled, KeyboardInterrupt):
        print("Interrupted; nothing was written.", file=sys.stderr)
        return 3
    except (StudioError, OSError) as error:
        print(str(error), file=sys.stderr)
        return 2
    return 0


def _diagnose(options: argparse.Namespace) -> None:
    workspace = Workspace(None)
    dataset = open_source(workspace, options.source)
    spec = _spec(dataset, options)
    _warn_of_repeats(workspace, dataset, spec)
    diagnosis = _diagnosis(workspace, spec, options, _range(options.k))
    tiny = tiny_segments(diagnosis, options.min_size)
    for sentence in tiny:
        print(f"Warning: {sentence}", file=sys.stderr)
    export.write_json(replace(diagnosis, warnings=(*diagnosis.warnings, *tiny)), options.out)


def _segment(options: argparse.Namespace) -> None:
    workspace = Workspace(options.workspace)
    try:
        dataset = open_source(workspace, options.source)
        spec = _spec(dataset, options)
        _warn_of_repeats(workspace, dataset, spec)
        diagnosis = None
        if options.column:
            find(dataset, options.column)
        else:
            low, high = _range(options.k)
            if low != high:
                raise OptionProblem("`--k` of segment is one number.", f"Found {options.k}.", "Write --k 4.")
            diagnosis = _diagnosis(workspace, spec, options, (low, high))
            workspace.save_result(diagnosis.id, diagnosis)
        segmentation = build(
            workspace,
            spec,
            k=diagnosis.ks[0].k if diagnosis else None,
            column=options.column,
            seed=options.seed,
            starts=options.starts,
            diagnosis=diagnosis,
            name=options.name,
        )
        for segment in segmentation.segments:
            if segment.share < options.min_size:
                print(
                    f"Warning: {segment.id} holds {segment.share:.1%} of the accounts, "
                    f"less than --min-size {options.min_size:g}.",
                    file=sys.stderr,
                )
        export.folder(workspace, segmentation, options.out, diagnosis)
    finally:
        workspace.close()


def _diagnosis(
    workspace: Workspace, spec: FeatureSpec, options: argparse.Namespace, ks: tuple[int, int]
) -> Diagnosis:
    return diagnose(
        features_of(workspace, spec),
        range(ks[0], ks[1] + 1),
        seed=options.seed,
        starts=options.starts,
        quick=options.quick,
        report=None if options.quiet else _Progress(),
    )


def _warn_of_repeats(workspace: Workspace, dataset: Dataset, spec: FeatureSpec) -> None:
    """A line where rows count as accounts and a column looks like the account number, which repeats."""
    column = repeating_account(dataset.columns, dataset.rows)
    if column is None or column.name == spec.key:
        return
    with workspace.reading() as cursor:
        found = repeats(cursor, dataset, spec, column.name)
    if found:
        do = (
            "--drop-duplicates leaves them out"
            if found.identical_alone
            else "add the rows up to one per account"
        )
        print(
            f"Warning: each row counts as an account, but `{column.name}` looks like the account number. "
            f"{found.found()} If rows are not accounts, {do}.",
            file=sys.stderr,
        )


class _Progress:
    """Prints a sentence whenever it changes."""

    last = ""

    def __call__(self, message: str, fraction: float) -> None:
        if message != self.last:
            self.last = message
            print(f"{fraction:4.0%}  {message}", file=sys.stderr)


def _spec(dataset: Dataset, options: argparse.Namespace) -> FeatureSpec:
    proposed = proposed_spec(dataset)
    given = (options.key, getattr(options, "column", None))
    cluster = _names(options.features) or tuple(name for name in proposed.cluster if name not in given)
    wanted = _names(getattr(options, "describe", None))
    describe = wanted or tuple(name for name in proposed.describe if name not in given)
    withheld = _names(options.zeros_missing)
    for name in (*cluster, *describe, *withheld, *([] if options.key == ROW_NUMBER else [options.key])):
        find(dataset, name)
    weights = []
    for part in _names(options.weights):
        name, _, value = part.partition("=")
        try:
            weights.append((find(dataset, name).name, float(value)))
        except ValueError:
            raise OptionProblem("A weight is written column=number.", f"Found `{part}`.") from None
    return replace(
        proposed,
        key=options.key,
        cluster=cluster,
        describe=tuple(name for name in describe if name not in cluster),
        filters=_filters(options.where),
        prepare=options.prepare,
        weights=tuple(weights),
        zeros=tuple((name, "missing") for name in withheld),
        identical_rows="once" if options.drop_duplicates else "all",
    )


def _filters(condition: str | None) -> tuple[Filter, ...]:
    if not condition:
        return ()
    # The parser takes half a second to import, and most commands have no condition.
    from engine.where import parse_where

    return parse_where(condition)


def _names(text: str | None) -> tuple[str, ...]:
    """The names in their order, each once."""
    return tuple(dict.fromkeys(part.strip() for part in (text or "").split(",") if part.strip()))


def _whole(least: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` up."""

    def read(text: str) -> int:
        number = int(text) if text.isdecimal() else -1
        if number < least:
            raise argparse.ArgumentTypeError(f"a whole number of {least} or more, not {text}")
        return number

    return read


def _range(text: str) -> tuple[int, int]:
    low, dash, high = text.partition("-")
    try:
        bounds = int(low), int(high if dash else low)
    except ValueError:
        bounds = 0, 0
    if not 1 < bounds[0] <= bounds[1] <= 30:
        raise OptionProblem("`--k` is a number or a range from 2 to 30.", f"Found {text}.", "Write --k 2-10.")
    return bounds


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m engine", description="Diagnose and make segments from a table of accounts."
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    diagnosing = verbs.add_parser("diagnose", help="compare numbers of segments", formatter_class=_Help)
    _shared_options(diagnosing)
    diagnosing.add_argument("--k", default="2-10", help="numbers of segments to compare")
    diagnosing.add_argument("--out", type=Path, default=Path("diagnosis.json"), help="file to write")
    diagnosing.set_defaults(run=_diagnose)

    segmenting = verbs.add_parser("segment", help="make segments and write them", formatter_class=_Help)
    _shared_options(segmenting)
    how = segmenting.add_mutually_exclusive_group(required=True)
    how.add_argument("--k", help="number of segments to find by k-means")
    how.add_argument("--column", help="a column that already holds the segments")
    segmenting.add_argument("--describe", help="columns to profile but not cluster on, a,b (proposed ones)")
    segmenting.add_argument("--name", default="", help="what to call the segmentation")
    segmenting.add_argument("--workspace", type=Path, help="workspace file to keep it in (in memory)")
    segmenting.add_argument("--out", type=Path, required=True, help="folder to write")
    segmenting.set_defaults(run=_segment)
    return parser


def _shared_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="a file, or demo, demo:ROWS, demo:ROWS:q2")
    parser.add_argument("--key", required=True, help="column that names each account, or row_number")
    parser.add_argument("--features", help="columns to cluster on, a,b,c (proposed ones)")
    parser.add_argument("--weights", help="weights of columns, a=2,b=.5 (1 each)")
    parser.add_argument(
        "--prepare",
        choices=("auto", "zscore", "range", "none"),
        default="auto",
        help="how columns are scaled",
    )
    parser.add_argument("--where", help="keep rows that meet this: \"spend >= 10 and state in ('CA', 'NY')\"")
    parser.add_argument("--zeros-missing", help="columns whose zeros stand for withheld counts, a,b (none)")
    parser.add_argument(
        "--drop-duplicates", action="store_true", help="read rows that are equal in every column once"
    )
    parser.add_argument("--seed", type=_whole(0), default=42, help="seed of every random draw")
    parser.add_argument("--starts", type=_whole(1), default=10, help="k-means++ starts")
    parser.add_argument(
        "--min-size", type=float, default=0.05, help="warn of segments below this share of the accounts"
    )
    parser.add_argument(
        "--quick", action="store_true", help="leave out the tests: stability, null tables, gaps, verdicts"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress on standard error")


class _Help(argparse.ArgumentDefaultsHelpFormatter):
    """Shows a default only where it says something."""

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return action.help if action.default in (None, False, "") else super()._get_help_string(action)


if __name__ == "__main__":
    sys.exit(main())

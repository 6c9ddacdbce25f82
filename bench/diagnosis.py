"""The whole diagnosis of the demo table, stage by stage, in seconds.

Usage: python -m bench.diagnosis [--rows 50000] [--cancel]. Compiled code is warmed up first, as the app
does at its start. `--cancel` ends a run at many moments instead, and prints the longest wait.
"""

import argparse
import time
from collections.abc import Sequence
from threading import Event, Timer

from bench.machine import describe
from engine.diagnose import diagnose, warm_up
from engine.errors import Cancelled
from engine.intake import proposed_spec
from engine.model import Diagnosis, Features
from engine.segment import features_of
from engine.sources import open_source
from engine.workspace import Workspace

KS = range(2, 11)
CANCELLED = 16


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.diagnosis", description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000, help="rows of the demo table")
    parser.add_argument("--cancel", action="store_true", help="measure how soon a run ends")
    options = parser.parse_args(arguments)
    print(describe())
    workspace = Workspace(None)
    features = features_of(workspace, proposed_spec(open_source(workspace, f"demo:{options.rows}")))
    warm_up(lambda _sentence, _fraction: None, features.matrix.shape[1])
    if options.cancel:
        _cancelled(features)
    else:
        _whole(features)


def _whole(features: Features) -> None:
    began = time.perf_counter()

    def deliver(answer: Diagnosis) -> None:
        print(f"{answer.stage:10s} after {time.perf_counter() - began:5.1f} s, suggests {answer.suggested}")

    found = diagnose(features, KS, deliver=deliver)
    for stage, seconds in found.seconds.items():
        print(f"  {stage:20s} {seconds:6.2f} s")
    for result in found.ks:
        print(
            f"k={result.k:<2d} silhouette {result.silhouette:.3f} null {result.null_silhouette_mean:.3f} "
            f"agreement {result.stability_ari:.2f} overlap {min(result.jaccard or (0,)):.2f} "
            f"prediction {result.prediction_strength:.2f} apart "
            f"{sum(pair.apart for pair in result.gaps or ())} of {len(result.gaps or ())} {result.verdict}"
            f"{' (borderline)' if result.borderline else ''}"
        )
    print(f"gap statistic {found.gap_k}, prediction strength {found.prediction_k}\n{found.advice}")


def _cancelled(features: Features) -> None:
    whole = diagnose(features, KS).seconds["total"]
    waits = []
    for step in range(1, CANCELLED):
        pressed, moment, stage = Event(), [0.0], [""]

        def press(pressed: Event = pressed, moment: list[float] = moment) -> None:
            moment[0] = time.perf_counter()
            pressed.set()

        def report(
            sentence: str, _fraction: float, pressed: Event = pressed, stage: list[str] = stage
        ) -> None:
            stage[0] = sentence
            if pressed.is_set():
                raise Cancelled

        timer = Timer(whole * step / CANCELLED, press)
        timer.start()
        try:
            diagnose(features, KS, report=report)
        except Cancelled:
            waits.append((time.perf_counter() - moment[0], stage[0]))
        timer.cancel()
    print(f"longest waits of {len(waits)} cancelled runs:")
    for wait, sentence in sorted(waits, reverse=True)[:5]:
        print(f"  {wait:.2f} s  {sentence}")


if __name__ == "__main__":
    main()

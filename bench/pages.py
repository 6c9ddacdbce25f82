"""Server time of every page on a rerun, at 50,000 accounts, once everything is computed.

Runs the app's own script in Streamlit's test harness, so there is no browser in the figures.
Usage: python -m bench.pages
"""

import os
import tempfile
import time
from pathlib import Path

from bench.machine import describe

ROOT = Path(__file__).parents[1]
PAGES = ("start", "table", "diagnose", "segments", "personas", "playbook", "library")
RERUNS = 3


def main() -> None:
    print(describe())
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SEGMENT_WORKSPACE"] = str(Path(folder) / "workspace.duckdb")
        _measure()


def _measure() -> None:
    from streamlit.testing.v1 import AppTest

    from engine.diagnose import diagnose
    from engine.intake import proposed_spec
    from engine.segment import build, features_of, profile_of
    from views import drafting, resources

    store = resources.workspace()
    dataset = resources.demo_dataset("demo_q1")
    spec = proposed_spec(dataset)
    found = diagnose(features_of(store, spec), range(2, 11))
    store.save_result(found.id, found)
    made = build(store, spec, k=4, diagnosis=found, name="Four segments")
    drafting.draft_missing(made)
    profile = profile_of(store, made)
    for version in store.personas(made.id).values():
        store.approve(version, drafting.checked(made, version.persona, profile), profile, "bench")
    app = AppTest.from_file(str(ROOT / "views" / "app.py"), default_timeout=120)
    app.query_params["dataset"] = dataset.id
    app.query_params["segmentation"] = made.id
    app.run()
    print(f"{dataset.rows:,} accounts; seconds of a rerun, best and worst of {RERUNS}")
    for page in PAGES:
        app.switch_page(f"{page}.py").run()
        times = []
        for _ in range(RERUNS):
            began = time.perf_counter()
            app.run()
            times.append(time.perf_counter() - began)
        if app.exception or app.error:
            raise SystemExit(f"{page} shows an error")
        print(f"{page:10s} {min(times):5.2f} {max(times):5.2f}")
    resources.close()


if __name__ == "__main__":
    main()

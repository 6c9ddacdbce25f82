"""Workspaces at each stage of the work, made through the engine once and copied for every test.

The table has 330 accounts in three plain groups (150, 110 and 70 accounts), a category that leans with
the groups, a yes/no, and a key.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from engine.diagnose import diagnose, diagnosis_id
from engine.intake import adopt, proposed_spec
from engine.model import Brief, Dataset, Meaning, PlanStep, Segmentation, Statement
from engine.segment import build, features_of, profile_of
from engine.workspace import Workspace
from llm import pack, template
from llm.check import check
from llm.facts import facts

GROUPS = (150, 110, 70)
MEANS = {
    "scripts": (20.0, 60.0, 110.0),
    "share": (0.15, 0.45, 0.30),
    "visits": (3.0, 9.0, 14.0),
    "emails": (30.0, 12.0, 20.0),
}
SPREAD = {"scripts": 4.0, "share": 0.03, "visits": 0.8, "emails": 2.0}
DICTIONARY = {
    "scripts": Meaning("Scripts", (), "count", "volume", 1),
    "share": Meaning("Brand share", (), "fraction", "share", 1),
    "visits": Meaning("Rep visits", (), "count", "rep", 1),
    "emails": Meaning("Emails opened", (), "count", "digital", 1),
    "region": Meaning("Region", (), "category", "other", 0),
    "member": Meaning("Panel member", (), "fraction", "other", 0),
}
NAME = "Quarter one"
TITLE = "Value segments"

HOSTILE = "<img src=//evil.test/x> ![](http://evil.test/y) [a](javascript:1) $x$ **b**"
BROKEN_OUT = "a` ![](http://evil.test/z) <b> [a](javascript:1) b"
"""A name that ends a code span before its picture."""
NAMES = {"hostile": HOSTILE, "broken out": BROKEN_OUT}


def frame() -> pd.DataFrame:
    """The accounts, shuffled once with a fixed seed."""
    rng = np.random.default_rng(7)
    group = np.repeat(np.arange(3), GROUPS)
    columns: dict[str, object] = {
        name: np.abs(rng.normal(np.array(means)[group], SPREAD[name])).round(3)
        for name, means in MEANS.items()
    }
    lean = np.array([[0.7, 0.2, 0.1], [0.2, 0.6, 0.2], [0.2, 0.2, 0.6]])
    columns["region"] = [rng.choice(["North", "South", "West"], p=lean[g]) for g in group]
    columns["member"] = rng.random(len(group)) < 0.5
    made = pd.DataFrame(columns).sample(frac=1, random_state=7, ignore_index=True)
    made.insert(0, "account_id", [f"A{number:04d}" for number in range(len(made))])
    return made


def with_table(store: Workspace) -> Dataset:
    return adopt(store, frame(), name=NAME, source="a test", dictionary=DICTIONARY)


def with_diagnosis(store: Workspace) -> Dataset:
    """The answer to the question that the Diagnose page asks first."""
    dataset = with_table(store)
    spec = proposed_spec(dataset)
    found = diagnose(features_of(store, spec), range(2, 11))
    store.save_result(diagnosis_id(spec, range(2, 11), seed=42, starts=10, quick=False), found)
    return dataset


def with_segments(store: Workspace) -> Segmentation:
    dataset = with_table(store)
    return build(store, proposed_spec(dataset), k=3, name=TITLE)


def with_personas(store: Workspace) -> Segmentation:
    """Three segments, a pharma brief and version 1 of each persona by the offline writer."""
    made = with_segments(store)
    profile = profile_of(store, made)
    store.save_brief(made.id, Brief(pack=pack.suggest(profile)))
    written = template.write(profile, facts(profile), store.brief(made.id))
    store.save_personas(made.id, written, source="offline", author="offline writer")
    return made


def with_approvals(store: Workspace) -> Segmentation:
    made = with_personas(store)
    approve(store, made, [segment.id for segment in made.segments])
    return made


def approve(store: Workspace, made: Segmentation, segments: list[str]) -> None:
    """Approve the newest version of these segments' personas, as Ada."""
    profile = profile_of(store, made)
    newest = store.personas(made.id)
    for segment in segments:
        report = check(newest[segment].persona, profile, facts(profile))
        assert not report.blocked, report.findings
        store.approve(newest[segment], report, profile, "Ada")


def renamed(store: Workspace, made: Segmentation, name: str) -> Segmentation:
    """The same segments under a title, with every segment's name and description begun by `name`."""
    return store.save_segmentation(
        replace(
            made,
            name=name,
            notes=name,
            segments=tuple(
                replace(segment, name=f"{name[:50]} {segment.id}", description=name)
                for segment in made.segments
            ),
        )
    )


def with_hostile_names(store: Workspace, name: str) -> Segmentation:
    """Everything that people name bears the name: table, columns, values, keys, segments, personas, brief.

    S2's persona is called by it too; it is not approved, the others are.
    """
    told = frame().replace({"region": {"North": f"{name} North"}})
    told["account_id"] = [f"{name[:40]} {key}" for key in told["account_id"]]
    told.columns = pd.Index([f"{name} {column}" for column in told.columns])
    dataset = adopt(store, told, name=name, source=name, dictionary={})
    store.save_dataset(replace(dataset, notes=(f"Read {name}.",)))
    spec = replace(proposed_spec(dataset), cluster=tuple(f"{name} {column}" for column in MEANS))
    store.save_spec(spec)
    made = renamed(store, build(store, spec, k=3, name=name), name)
    profile = profile_of(store, made)
    store.save_brief(made.id, Brief("pharma", name, name, name, name))
    for persona in template.write(profile, facts(profile), store.brief(made.id)):
        said = Statement(name, source="analyst")
        spoken = replace(
            persona,
            name=name[:40] if persona.segment == "S2" else persona.name,
            interpretation=said,
            rep=(said,),
            plan=(PlanStep(*[name] * 8),),
        )
        store.save_personas(made.id, [persona], source="offline", author=name)
        (version,) = store.save_personas(made.id, [spoken], source="analyst", author=name)
        # The question is how names are shown, not what the checker thinks of texts made of them.
        report = replace(check(spoken, profile, facts(profile)), findings=())
        if persona.segment != "S2":
            store.approve(version, report, profile, name)
    store.save_setting("approver", name)
    return made


STAGES: dict[str, Callable[[Workspace], Dataset | Segmentation]] = {
    "table": with_table,
    "diagnosed": with_diagnosis,
    "segmented": with_segments,
    "drafted": with_personas,
    "approved": with_approvals,
    "hostile": partial(with_hostile_names, name=HOSTILE),
    "broken out": partial(with_hostile_names, name=BROKEN_OUT),
}


def make(path: Path, stage: str) -> None:
    """Write a workspace at a stage; the file is complete and closed when this returns."""
    store = Workspace(path)
    if stage != "empty":
        STAGES[stage](store)
    store.close()

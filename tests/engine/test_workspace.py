"""The workspace keeps what it says it keeps, whole or not at all."""

import contextlib
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from engine import record
from engine.database import Database
from engine.errors import (
    ApprovalRefused,
    NotFound,
    OptionProblem,
    VersionClash,
    WorkspaceBusy,
    WorkspaceProblem,
)
from engine.model import (
    Brief,
    CheckReport,
    Finding,
    Persona,
    PopulationProfile,
    Profile,
    Segment,
    Segmentation,
    Statement,
    TextInProgress,
)
from engine.schema import NEWEST, STEPS
from engine.workspace import Workspace
from tests.engine.small import spec_of, store

PROFILE = Profile(3, (), PopulationProfile({}, {}), {})


def persona(name: str = "Loyal Core", segment: str = "S1") -> Persona:
    one = Statement("A sentence.")
    return Persona(segment, name, one, (one,), one, one, "High", one, (one,), (one,), (one,), (), one)


def clean(which: Persona, profile: Profile = PROFILE, **changes: object) -> CheckReport:
    report = CheckReport(
        which.segment, (), record.content_id(profile.measured()), record.content_id(which), "1"
    )
    return replace(report, **changes)


@pytest.fixture
def workspace(tmp_path: Path):
    opened = Workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def segmentation(workspace: Workspace) -> Segmentation:
    dataset = store(workspace, pd.DataFrame({"id": ["a", "b", "c"], "x": [1.0, 2.0, 9.0]}))
    made = Segmentation(
        "", "recipe", "Three accounts", spec_of(dataset, ("x",)), (), "kmeans",
        (Segment("S1", "Low", 2, 2 / 3, 0), Segment("S2", "High", 1, 1 / 3, 1)), 3,
    )  # fmt: skip
    rows = pd.DataFrame(
        {"key": ["a", "b", "c"], "segment": ["S1", "S1", "S2"], "fit": [0.9, 0.8, 1.0], "outlier": False}
    )
    return workspace.save_segmentation(made, rows)


def test_what_is_saved_is_there_after_reopening(
    workspace: Workspace, segmentation: Segmentation, tmp_path: Path
) -> None:
    workspace.close()
    again = Workspace(tmp_path / "w.duckdb")
    assert again.segmentation(segmentation.id) == segmentation
    assert again.dataset(segmentation.spec.dataset).rows == 3
    assert list(again.assignments("recipe")["segment"]) == ["S1", "S1", "S2"]
    again.close()


@pytest.mark.parametrize("interruption", [ValueError, KeyboardInterrupt, GeneratorExit, SystemExit])
def test_an_interrupted_save_leaves_nothing_behind(
    workspace: Workspace, interruption: type[BaseException]
) -> None:
    with pytest.raises(interruption), workspace.database.change("half") as cursor:
        cursor.execute("INSERT INTO settings VALUES ('half', 'done')")
        raise interruption
    assert workspace.setting("half", "absent") == "absent"
    workspace.save_setting("whole", "done")
    assert workspace.setting("whole") == "done"


def test_a_statement_that_failed_inside_a_save_is_never_reported_as_saved(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceProblem, match="Not saved"), workspace.database.change("half") as cursor:
        cursor.execute("INSERT INTO settings VALUES ('half', 'done')")
        # The trap: swallowed here, the commit would store nothing and say nothing.
        with contextlib.suppress(duckdb.Error):
            cursor.execute("INSERT INTO settings VALUES (NULL, NULL)")
    assert workspace.setting("half", "absent") == "absent"


def test_a_failed_statement_says_nothing_of_sql(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceProblem) as caught, workspace.reading() as cursor:
        cursor.execute("SELECT secret_column FROM no_such_table")
    assert "secret_column" not in str(caught.value)
    assert "no_such_table" not in str(caught.value)


def test_a_second_process_gets_a_kind_sentence(workspace: Workspace, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from engine.workspace import Workspace\n"
        "from engine.errors import WorkspaceBusy\n"
        "try: Workspace(Path(sys.argv[1]))\n"
        "except WorkspaceBusy as busy: print(busy); sys.exit(7)\n"
    )
    path = tmp_path / "w.duckdb"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 7
    assert "`w.duckdb` is open in another program (process" in done.stdout
    assert str(tmp_path) not in done.stdout


def test_a_file_that_is_no_workspace_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "notes.duckdb"
    path.write_bytes(b"my shopping list" * 500)
    with pytest.raises(WorkspaceProblem, match="left untouched"):
        Database(path)
    assert path.read_bytes() == b"my shopping list" * 500


def test_a_workspace_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    Workspace(tmp_path / "w.duckdb").close()
    with duckdb.connect(str(tmp_path / "w.duckdb")) as raw:
        raw.execute("INSERT INTO schema_steps VALUES (?, 'from the future', '')", [NEWEST + 1])
    with pytest.raises(WorkspaceProblem, match="newer version"):
        Workspace(tmp_path / "w.duckdb")


def test_a_workspace_of_the_first_release_keeps_its_text_in_progress(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as raw:
        for statement in (
            "CREATE TABLE schema_steps (number INTEGER, name VARCHAR, applied_at VARCHAR)",
            *STEPS[0].statements,
            "INSERT INTO schema_steps VALUES (1, 'first', '')",
        ):
            raw.execute(statement)
        raw.execute("INSERT INTO drafts VALUES ('ab', 'S1', ?)", [record.dump(persona("Half Written"))])
        raw.execute("INSERT INTO personas VALUES ('ab', 'S1', 3, '', '{}'), ('ab', 'S2', 7, '', '{}')")
    opened = Workspace(path)
    assert opened.draft("ab", "S1") == TextInProgress(3, persona("Half Written"))
    assert opened.trail() == () and opened.trail_faults() == ()
    opened.close()


def test_the_sandbox_reads_no_file(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "private.csv").write_text("a\n1\n")
    with pytest.raises(WorkspaceProblem), workspace.reading() as cursor:
        cursor.execute(f"SELECT * FROM read_csv('{tmp_path / 'private.csv'}')")


def test_fifty_threads_saving_at_once_lose_nothing(workspace: Workspace) -> None:
    threads = [
        threading.Thread(target=workspace.save_setting, args=(f"name {number}", str(number)))
        for number in range(50)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [workspace.setting(f"name {number}") for number in range(50)] == [str(n) for n in range(50)]


def test_an_unknown_id_is_a_sentence(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="No segmentation `nothing` in this workspace"):
        workspace.segmentation("nothing")


def test_a_key_is_never_a_setting(workspace: Workspace) -> None:
    with pytest.raises(OptionProblem):
        workspace.save_setting("gemini_api_key", "abc")


def test_a_copy_shares_the_rows_and_not_the_personas(
    workspace: Workspace, segmentation: Segmentation
) -> None:
    workspace.save_brief(segmentation.id, Brief(pack="retail", brand="Acme"))
    workspace.save_personas(segmentation.id, [persona()], source="offline", author="writer")
    copy = workspace.duplicate(segmentation.id, "A copy")
    assert copy.id != segmentation.id
    assert copy.recipe == segmentation.recipe
    assert workspace.brief(copy.id).brand == "Acme"
    assert workspace.personas(copy.id) == {}


def test_a_job_that_was_running_when_the_app_died_is_called_interrupted(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.note_job("abc", "diagnosis", "running")
    workspace.close()
    again = Workspace(tmp_path / "w.duckdb")
    found = again.job("abc", "diagnosis")
    assert found is not None
    assert found[0] == "interrupted"
    again.close()


# --- Personas and approval ----------------------------------------------------------------------


def test_versions_are_added_and_never_changed(workspace: Workspace, segmentation: Segmentation) -> None:
    first = persona("Loyal Core")
    workspace.save_personas(segmentation.id, [first], source="offline", author="writer")
    workspace.save_personas(
        segmentation.id, [persona("Quiet Core")], source="analyst", author="Ada", based_on=1
    )
    versions = workspace.versions(segmentation.id, "S1")
    assert [item.version for item in versions] == [2, 1]
    assert versions[1].persona == first


def test_two_tabs_cannot_overwrite_each_other(workspace: Workspace, segmentation: Segmentation) -> None:
    workspace.save_personas(segmentation.id, [persona()], source="offline", author="writer")
    workspace.save_personas(
        segmentation.id, [persona("From Tab One")], source="analyst", author="A", based_on=1
    )
    with pytest.raises(VersionClash, match="Version 2 was saved in the meantime"):
        workspace.save_personas(
            segmentation.id, [persona("From Tab Two")], source="analyst", author="B", based_on=1
        )
    assert workspace.personas(segmentation.id)["S1"].persona.name == "From Tab One"


def names(workspace: Workspace, segmentation: Segmentation) -> list[str]:
    return [segment.name for segment in workspace.segmentation(segmentation.id).segments]


def test_personas_and_the_names_of_their_segments_are_one_save(
    workspace: Workspace, segmentation: Segmentation
) -> None:
    both = [persona("Loyal Core"), persona("Quiet Rest", "S2")]
    workspace.save_personas(
        segmentation.id, both, source="offline", author="writer", automatic={"S1": "Low", "S2": "Other"}
    )
    assert names(workspace, segmentation) == ["Loyal Core", "High"]
    workspace.save_personas(segmentation.id, [persona("Calm Core")], source="analyst", author="Ada")
    assert names(workspace, segmentation) == ["Calm Core", "High"]
    workspace.rename_segment(segmentation.id, "S1", "Steady Core", "Ada")
    assert names(workspace, segmentation) == ["Steady Core", "High"]
    assert workspace.personas(segmentation.id)["S1"].persona.name == "Steady Core"
    workspace.rename_segment(segmentation.id, "S2", "Others", "Ada")
    assert workspace.personas(segmentation.id)["S2"].persona.name == "Quiet Rest"


TABLES = ("personas", "segmentations", "decisions", "trail", "drafts")


def rows(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    with workspace.reading() as cursor:
        return {table: cursor.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in TABLES}


class Failing:
    """A cursor whose n-th statement fails instead of running."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, countdown: list[int], error: BaseException) -> None:
        self.cursor, self.countdown, self.error = cursor, countdown, error

    def execute(self, *arguments: object) -> object:
        self.countdown[0] -= 1
        if self.countdown[0] == 0:
            raise self.error
        return self.cursor.execute(*arguments)


@pytest.mark.parametrize("error", [duckdb.IOException("disk"), KeyboardInterrupt(), ValueError("inner")])
def test_a_save_that_fails_at_any_statement_changes_no_table(
    workspace: Workspace,
    segmentation: Segmentation,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
) -> None:
    (version,) = workspace.save_personas(segmentation.id, [persona("Low")], source="offline", author="writer")
    kept = replace(persona("Next Name"), limit=Statement("Mine.", source="analyst", asserted="I know."))
    verbs = {
        "save": lambda: workspace.save_personas(segmentation.id, [kept], source="analyst", author="Ada"),
        "rename": lambda: workspace.rename_segment(segmentation.id, "S1", "Other", "Ada"),
        "approve": lambda: workspace.approve(version, clean(version.persona), PROFILE, "Ada"),
        "withdraw": lambda: workspace.withdraw(segmentation.id, "S1", "Ada"),
    }
    before = rows(workspace)
    change = workspace.database.change

    for name, verb in verbs.items():
        for place in range(1, 40):
            countdown = [place]

            @contextlib.contextmanager
            def interrupted(what: str, countdown: list[int] = countdown):
                with change(what) as cursor:
                    yield Failing(cursor, countdown, error)
                    if countdown[0] > 0:
                        raise LookupError("every statement ran")

            with monkeypatch.context() as patch:
                patch.setattr(workspace.database, "change", interrupted)
                with pytest.raises((WorkspaceProblem, KeyboardInterrupt, ValueError, LookupError)) as caught:
                    verb()
            assert rows(workspace) == before, f"{name}, statement {place}"
            if caught.type is LookupError:
                break
        assert place > 2, name
    assert workspace.trail_faults() == ()


def test_a_change_of_the_segmentation_loses_nothing_that_was_saved_in_the_meantime(
    workspace: Workspace, segmentation: Segmentation
) -> None:
    workspace.save_personas(
        segmentation.id, [persona()], source="offline", author="writer", automatic={"S1": "Low"}
    )
    workspace.change_segmentation(segmentation.id, lambda stored: replace(stored, notes="Mine"))
    stored = workspace.segmentation(segmentation.id)
    assert (stored.notes, stored.segments[0].name) == ("Mine", "Loyal Core")


def test_a_text_in_progress_outlives_the_saves_of_others(
    workspace: Workspace, segmentation: Segmentation
) -> None:
    begun = TextInProgress(0, persona("Half Written"))
    workspace.save_draft(segmentation.id, "S1", begun)
    found = workspace.draft(segmentation.id, "S1")
    assert found == begun
    workspace.save_personas(segmentation.id, [persona("All Written")], source="gemini", author="Gemini")
    assert workspace.draft(segmentation.id, "S1") == found
    workspace.save_draft(segmentation.id, "S1", None)
    assert workspace.draft(segmentation.id, "S1") is None


def test_an_approval_stands_until_text_or_facts_or_rules_change(
    workspace: Workspace, segmentation: Segmentation
) -> None:
    (version,) = workspace.save_personas(segmentation.id, [persona()], source="offline", author="writer")
    workspace.approve(version, clean(version.persona), PROFILE, "Ada")
    assert workspace.approvals(segmentation.id, PROFILE, "1")["S1"].approved_by == "Ada"
    judged = replace(PROFILE, verdict="natural", verdict_text="Separate groups exist.")
    assert workspace.approvals(segmentation.id, judged, "1")["S1"].approved_by == "Ada"
    assert workspace.approvals(segmentation.id, replace(PROFILE, rows=4), "1") == {}
    assert workspace.approvals(segmentation.id, PROFILE, "2") == {}
    workspace.save_personas(segmentation.id, [persona("New Text")], source="analyst", author="A")
    assert workspace.approvals(segmentation.id, PROFILE, "1") == {}
    assert set(workspace.last_approvals(segmentation.id)) == {"S1"}


def test_a_withdrawn_approval_is_gone_and_can_be_given_again(
    workspace: Workspace, segmentation: Segmentation
) -> None:
    (version,) = workspace.save_personas(segmentation.id, [persona()], source="offline", author="writer")
    workspace.approve(version, clean(version.persona), PROFILE, "Ada")
    workspace.withdraw(segmentation.id, "S1", "Ada")
    assert workspace.approvals(segmentation.id, PROFILE, "1") == {}
    workspace.approve(version, clean(version.persona), PROFILE, "Grace")
    assert workspace.approvals(segmentation.id, PROFILE, "1")["S1"].approved_by == "Grace"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text_hash": "0"}, "text changed"),
        ({"facts_hash": "0"}, "numbers changed"),
        (
            {"findings": (Finding("tagline", "number", "block", (0, 1), "46% is of S3"),)},
            "agrees with the numbers",
        ),
    ],
)
def test_an_approval_that_is_not_earned_is_refused_where_it_is_stored(
    workspace: Workspace, segmentation: Segmentation, changes: dict[str, object], sentence: str
) -> None:
    (version,) = workspace.save_personas(segmentation.id, [persona()], source="offline", author="writer")
    with pytest.raises(ApprovalRefused, match=sentence):
        workspace.approve(version, clean(version.persona, **changes), PROFILE, "Ada")
    assert workspace.approvals(segmentation.id, PROFILE, "1") == {}


def test_only_the_newest_version_can_be_approved(workspace: Workspace, segmentation: Segmentation) -> None:
    (first,) = workspace.save_personas(segmentation.id, [persona()], source="offline", author="writer")
    workspace.save_personas(segmentation.id, [persona("Newer One")], source="offline", author="writer")
    with pytest.raises(ApprovalRefused, match="newest version"):
        workspace.approve(first, clean(first.persona), PROFILE, "Ada")


def test_an_approval_carries_a_name(workspace: Workspace, segmentation: Segmentation) -> None:
    (version,) = workspace.save_personas(segmentation.id, [persona()], source="offline", author="writer")
    with pytest.raises(ApprovalRefused, match="name"):
        workspace.approve(version, clean(version.persona), PROFILE, "  ")


def test_the_same_file_is_busy_only_for_others(tmp_path: Path) -> None:
    assert issubclass(WorkspaceBusy, WorkspaceProblem)
    first = Workspace(tmp_path / "w.duckdb")
    first.close()
    Workspace(tmp_path / "w.duckdb").close()

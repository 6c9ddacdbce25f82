import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model import Approval, Brief, Kept, Meaning, Persona, Playbook, Profile, Statement
from llm.chapters import decided, decision, spell_out
from llm.check import check
from llm.facts import facts
from llm.markdown import inert
from llm.page import page
from llm.playbook import markdown
from llm.template import write
from tests.llm.profiles import PRESCRIBERS, held_by_few, partly_known, prescribers, random_profile
from tests.llm.profiles import profile as made


def book(
    profile: Profile, personas: tuple[Persona, ...] | None = None, approved: int = 9, **changes: str
) -> Playbook:
    known = facts(profile)
    personas = write(profile, known, Brief()) if personas is None else personas
    approvals = tuple(
        Approval("x", p.segment, 1, check(p, profile, known), "Ada Lovelace", "2026-11-20T10:00:00Z")
        for p in personas[:approved]
    )
    made = {"title": "Q1 prescribers", "dataset": "prescribers.csv", "made_on": "2026-11-22"} | changes
    return Playbook(
        rows=profile.rows, profile=profile, personas=personas, approvals=approvals, brief=Brief(), **made
    )


def test_the_playbook_holds_every_part_of_every_persona() -> None:
    text = markdown(book(prescribers()))
    for part in (
        "# Q1 prescribers", "4 of 4 personas approved, by Ada Lovelace", "## How to read the segments",
        "## At a glance", "| Segment | The one decision | Priority | Prescribers | Share |", "### Engagement plan",
        "> **Interpretation, not measured.**", "**Keep in mind.**", "Approved by Ada Lovelace on 2026-11-20",
        "*Internal planning; not for distribution.*",
    ):  # fmt: skip
        assert part in text
    assert text.count("\n## ") == 2 + 4


def test_one_decision_per_segment_stands_in_the_table_and_no_two_are_alike() -> None:
    personas = write(prescribers(), facts(prescribers()), Brief())
    decisions = [decision(persona) for persona in personas]
    assert len(set(decisions)) == 4
    text = markdown(book(prescribers()))
    assert all(text.count(inert(taken)) >= 2 for taken in decisions)


def test_a_decision_stands_once_in_its_chapter() -> None:
    text = markdown(book(prescribers()))
    for persona in write(prescribers(), facts(prescribers()), Brief()):
        chapter = text.split(f"({persona.segment})\n", 1)[1].split("\n## ", 1)[0]
        assert decided(persona) == "rep.0"
        assert chapter.count(inert(decision(persona))) == 1


def test_a_longer_tactic_is_no_decision_by_itself() -> None:
    first = write(prescribers(), facts(prescribers()), Brief())[0]
    longer = replace(first, rep=(Statement("Call first. Then write."), *first.rep[1:]))
    assert decision(longer) == "Call first" and decided(longer) == ""


def test_numbers_stand_right_aligned() -> None:
    text = markdown(book(prescribers()))
    assert "| --- | --- | --- | ---: | ---: |" in text
    assert "| --- | ---: | ---: | ---: |" in text


def test_segments_without_an_approved_persona_are_named() -> None:
    personas = write(prescribers(), facts(prescribers()), Brief())
    text = markdown(book(prescribers(), personas[:3]))
    assert "Segment 4 (S4) has no approved persona and is left out below." in text
    assert "No approved persona" in text


def test_approvals_are_counted_against_every_segment() -> None:
    personas = write(prescribers(), facts(prescribers()), Brief())
    assert "3 of 4 personas approved, by Ada Lovelace" in markdown(book(prescribers(), personas[:3]))


def test_the_glance_begins_with_high_priority_and_the_largest_segment() -> None:
    personas = {p.segment: p for p in write(prescribers(), facts(prescribers()), Brief())}
    table = markdown(book(prescribers())).split("## At a glance")[1].split("\n## ")[0]
    shown = re.findall(r"\((S\d)\)", table)
    sizes = {segment.id: segment.size for segment in prescribers().segments}
    rank = {"High": 0, "Medium": 1, "Low": 2}
    assert shown == sorted(personas, key=lambda s: (rank[personas[s].priority], -sizes[s]))


def test_chapters_stand_in_the_glances_order_in_markdown_and_html_and_priority_comes_before_size() -> None:
    personas = [replace(p, priority="Low") for p in write(prescribers(), facts(prescribers()), Brief())]
    personas[2] = replace(personas[2], priority="High")
    personas[3] = replace(personas[3], priority="Medium")
    made_of = book(prescribers(), tuple(personas))
    glance = re.findall(r"^\| \*\*.*?\((S\d)\)", markdown(made_of), re.MULTILINE)
    sizes = {segment.id: segment.size for segment in prescribers().segments}
    assert sizes["S2"] > sizes["S1"] and glance == ["S3", "S4", "S2", "S1"]
    assert re.findall(r"^## .*\((S\d)\)$", markdown(made_of), re.MULTILINE) == glance
    assert re.findall(r"<h2[^>]*>[^<]*\((S\d)\)</h2>", page(made_of)) == glance


def test_a_plan_is_a_list_of_lists_without_line_breaks() -> None:
    plan = markdown(book(prescribers())).split("### Engagement plan\n\n")[1].split("\n\n")[0].splitlines()
    assert all(re.match(r"\d\. \*\*|   - (Ask|When|Measure|Stop): ", line) for line in plan)
    assert not any(line.endswith("  ") for line in plan)


def test_what_an_analyst_kept_against_a_finding_is_marked_in_the_name_and_in_the_plan() -> None:
    profile = prescribers()
    first, *others = write(profile, facts(profile), Brief())
    reasons = (
        Kept("name", first.name, "Their own word"),
        Kept("plan.0.topic", first.plan[0].topic, "Agreed"),
    )
    text = markdown(book(profile, (replace(first, kept=reasons), *others)))
    assert "*(name analyst-asserted: Their own word)*" in text and "*(analyst-asserted: Agreed)*" in text
    assert "analyst-asserted" not in markdown(book(profile))


def test_the_strongest_difference_is_shown_first() -> None:
    table = made(
        {"class_trx": (300.0, 200.0, 205.0), "age65": (10.0, 900.0, 20.0)},
        {"class_trx": PRESCRIBERS["class_trx"], "age65": Meaning("Antipsychotic senior claims", (), "count")},
        (500, 100, 400), sds={"class_trx": 100.0, "age65": 250.0},
    )  # fmt: skip
    chapter = markdown(book(table)).split("(S2)\n")[1]
    assert re.search(r"Place \|\n\| --- .*\n\| Antipsychotic senior claims", chapter)


def test_a_persona_without_an_approval_is_marked() -> None:
    text = markdown(book(prescribers(), approved=0))
    assert "No persona in this document has been approved yet." in text
    assert text.count("*Not yet approved.*") == 4


def test_the_verdict_is_in_plain_words() -> None:
    assert "do not call them discovered" in markdown(book(prescribers(verdict="constructive")))
    assert "was not tested" in markdown(book(prescribers(verdict=None)))
    assert "Written by hand" in markdown(book(prescribers(verdict_text="Written by hand.")))


def test_zeros_that_may_be_withheld_counts_are_named_with_what_they_were_taken_for() -> None:
    def told(**zeros: tuple[str, ...]) -> str:
        text = markdown(book(replace(prescribers(), **zeros)))
        return text[text.index("## How to read") :].split("\n## ")[0]

    assert "ithheld" not in told() and "eros" not in told()
    assert (
        "Rep calls and digital engagement hold zeros that may stand for withheld counts of 1 to 10; they were taken "
        "as zeros, so their averages may lie too low."
    ) in told(zeros_in_doubt=("rep_calls", "digital"))
    assert "Rep calls holds zeros" in told(zeros_in_doubt=("rep_calls",))
    profile = prescribers()
    known = {**profile.population.features}
    known["rep_calls"] = replace(known["rep_calls"], n=900)
    half = replace(
        profile, population=replace(profile.population, features=known), zeros_missing=("rep_calls",)
    )
    assert (
        "Zeros in rep calls were treated as missing, because they may stand for counts too small to publish: figures "
        "on them describe only the prescribers with a count, and the tables say how many these are."
    ) in markdown(book(half))


def test_the_decisions_come_before_how_to_read_them() -> None:
    text = markdown(book(prescribers()))
    assert text.index("## At a glance") < text.index("## How to read the segments")


def _chapter_table(table: Profile, segment: str) -> dict[str, list[str]]:
    chapter = next(
        part for part in markdown(book(table)).split("\n## ") if part.splitlines()[0].endswith(f"({segment})")
    )
    rows = (line.strip("| ").split(" | ") for line in chapter.splitlines() if line.startswith("|"))
    return {row[0]: row[1:] for row in rows}


def test_the_table_shows_the_median_and_the_largest_tenth_where_a_few_hold_a_column() -> None:
    rows = _chapter_table(held_by_few(), "S1")
    assert rows["Class TRx"][:2] == ["320", "259"]
    assert rows["Class TRx, median"][:3] == ["80", "64.9", "123"]
    assert rows["Class TRx, held by the largest tenth"][:2] == ["72%", "60%"]
    assert not [
        label for label in _chapter_table(prescribers(), "S1") if "median" in label or "tenth" in label
    ]


def test_a_threshold_of_the_plan_stands_in_the_table() -> None:
    table = held_by_few()
    chapter = markdown(book(table)).split("(S2)\n")[1].split("\n## ")[0]
    mark = re.search(r"most class TRx \((\d+) or more: about (\d+) prescribers\)", chapter)
    assert mark and mark.group(2) == "120"
    assert _chapter_table(table, "S2")["Class TRx, upper quarter from"][0] == mark.group(1)


def test_a_column_known_for_a_part_says_so_beside_its_name() -> None:
    table = partly_known("rep_calls", 0.6)
    assert any(
        label == "Rep calls (known for 60%, of all for 60%)"
        for segment in table.segments
        for label in _chapter_table(table, segment.id)
    )


def test_segment_ids_are_spelled_out_once() -> None:
    names = {"S2": "Loyal Core", "S3": "S3"}
    assert spell_out("Ahead of S2 at 3, then S3, then S2 (S2) and XS2.", names) == (
        "Ahead of Loyal Core (S2) at 3, then S3, then S2 (S2) and XS2."
    )


def test_text_of_people_shows_as_written_and_does_nothing() -> None:
    hostile = "![x](http://evil.test/a.png) <img src=x> [a](b) | $1$ *b* _c_ `d` www.evil.test"
    personas = write(prescribers(), facts(prescribers()), Brief())
    personas = (replace(personas[0], limit=Statement(hostile)), *personas[1:])
    text = markdown(book(prescribers(names=(hostile, "a", "b", "c")), personas, title=hostile))
    assert "<img" not in text.replace("\\<img", "")
    assert "http://" not in text and "www." not in text
    assert "](" not in text.replace("\\](", "")


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_inert_text_is_one_line_without_active_marks(text: str) -> None:
    shown = inert(text)
    assert "\n" not in shown and "\r" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[<\[|$`*_]", shown)
    assert not re.search(r"(?i)\b(https?|mailto|javascript):", shown)


def test_a_line_that_would_begin_a_list_or_heading_does_not() -> None:
    assert inert("- a") == "\\- a"
    assert inert("1. a") == "1\\. a"
    assert inert("# a") == "\\# a"
    assert inert("12 calls - a day") == "12 calls - a day"


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32))
def test_any_profile_makes_a_playbook_with_whole_tables(seed: int) -> None:
    profile = random_profile(seed)
    for line in markdown(book(profile)).splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) in (5, 6)


def test_every_cited_column_and_value_stands_in_the_chapters_table() -> None:
    table = prescribers()
    known = {fact.id: fact for fact in facts(table)}
    text = markdown(book(table))
    for persona in write(table, facts(table), Brief()):
        chapter = text.split(f"({persona.segment})\n", 1)[1].split("\n## ")[0]
        shown = chapter.split("| Figures behind the text |")[1].split("\n\n")[0].lower()
        statements = (persona.tagline, *persona.bullets, persona.unique, persona.limit, persona.priority_why)
        for fact in (known[name] for statement in statements for name in statement.evidence):
            if fact.feature and fact.statistic == "mean" and fact.segment == persona.segment:
                assert inert(fact.text).lower() in shown


def test_an_index_that_makes_no_sense_is_a_dash() -> None:
    table = made(
        {"balance": (50.0, -20.0, 5.0)}, {"balance": Meaning("Balance", (), "currency")}, (100, 100, 100)
    )
    table = replace(
        table,
        segments=tuple(
            replace(s, features={name: replace(stat, index=None) for name, stat in s.features.items()})
            for s in table.segments
        ),
    )
    assert re.search(r"\| Balance \| .* \| .* \| – \| 1st of 3 \|", markdown(book(table)))


def test_a_built_in_sentence_within_geminis_text_is_counted_and_explained() -> None:
    personas = write(prescribers(), facts(prescribers()), Brief())
    first = replace(personas[0], tagline=replace(personas[0].tagline, source="gemini"))
    text = markdown(book(prescribers(), (first, *personas[1:])))
    assert "statements are the built-in writer's, because Gemini's did not pass the check)" in text


def test_the_analysts_weights_order_the_glance() -> None:
    chosen = replace(
        book(prescribers()), brief=Brief(weights=(("volume", 0.0), ("access", 0.0), ("headroom", 3.0)))
    )
    assert "volume" not in markdown(chosen).split("Priority is computed as")[1].split(".")[0]

"""A persona as a document on the screen: each statement with its evidence, each finding where it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from engine.model import CheckReport, Finding, Persona, Statement
from llm.chapters import decided, decision, plan_step, spell_out
from llm.markdown import inert
from llm.pack import Pack

WRITERS = {"offline": "written by rule", "analyst": "analyst's words"}


@dataclass(frozen=True)
class Reading:
    """What the page adds to the text. Without it the document is only read, as beside the form.

    chip: the label of a statement's evidence, "" where it has none. picked: the place whose evidence is
    shown. pick: called with a place when its chip is pressed. prove: shows the evidence below its statement,
    for a screen that has no room beside it. act: shows what can be done about a finding.
    """

    chip: Callable[[Statement], str]
    picked: str
    pick: Callable[[str], None]
    prove: Callable[[Statement], None]
    act: Callable[[Finding], None]


def called(where: str, lanes: Pack) -> str:
    """What people call a place of a persona: "Point 1", "Field force 2", "Plan step 3"; or a whole field."""
    field, _, rest = where.partition(".")
    number = rest.partition(".")[0]
    place = f" {int(number) + 1}" if number.isdigit() else ""
    words = {
        "name": "Name", "tagline": "Tagline", "bullets": "Point", "unique": "What is unique",
        "limit": "Keep in mind", "priority": "Priority", "priority_why": "Why this priority",
        "rep": lanes.rep_lane, "digital": lanes.digital_lane, "access": lanes.access_lane,
        "plan": "Plan step", "interpretation": "Interpretation", "claims": "Claim behind the name",
    }  # fmt: skip
    several = "s" if field in ("bullets", "plan") and not place else ""
    return f"{words.get(field, field.capitalize())}{place}{several}"


def persona_document(
    persona: Persona,
    report: CheckReport,
    lanes: Pack,
    names: Mapping[str, str],
    reading: Reading | None = None,
) -> None:
    """The whole persona; where the checker objects, the words are marked and the reason stands below.

    `lanes` titles the tactics; `names` puts a name beside every segment id in the text.
    """
    told = dict(persona.statements())

    def found(where: str) -> list[Finding]:
        return [item for item in report.findings if item.where == where]

    def tell(where: str, *, lead: str = "", bullet: bool = False, italic: bool = False) -> None:
        statement = told[where]
        text = marked(statement.text, found(where), names)
        text = f"*{text}*" if italic and text and not found(where) else text
        text = f"{'- ' if bullet else ''}{lead}{text}{_marks(persona, statement)}"
        if reading and reading.chip(statement):
            _with_chip(text, where, statement, reading)
        else:
            st.markdown(text)
        if statement.asserted:
            st.caption(f"Kept by the analyst: {inert(statement.asserted)}")
        _findings(found(where), reading)

    def each(field: str) -> list[str]:
        return [where for where in told if where.startswith(f"{field}.") and where != decided(persona)]

    st.header(inert(persona.name), anchor=False)
    if named := persona.reason_for("name", persona.name):
        st.caption(f":orange-badge[analyst-asserted] Name kept by the analyst: {inert(named)}")
    _findings(
        [*found("name"), *(item for item in report.findings if item.where.startswith("claims"))], reading
    )
    tell("tagline", italic=True)
    if decided(persona):
        tell(decided(persona), lead="**Decision:** ")
    elif decision(persona):
        st.markdown(f"**Decision:** {inert(decision(persona))}.")
    with st.container(gap="xsmall"):
        for where in each("bullets"):
            tell(where, bullet=True)
    tell("unique", lead="**What is unique.** ")
    tell("limit", lead="**Keep in mind.** ")
    _findings(found("priority"), reading)
    tell("priority_why", lead=f"**{persona.priority} priority.** ")
    for title, field in (
        (lanes.rep_lane, "rep"),
        (lanes.digital_lane, "digital"),
        (lanes.access_lane, "access"),
    ):
        if each(field):
            st.markdown(f"**{inert(title)}**")
            with st.container(gap="xsmall"):
                for where in each(field):
                    tell(where, bullet=True)
    if persona.plan:
        st.markdown("**Engagement plan**")
    with st.container(gap="xsmall"):
        for number in range(len(persona.plan)):
            mine = [item for item in report.findings if item.where.startswith(f"plan.{number}.")]
            st.markdown(_step(persona, number, mine))
            _findings(mine, reading)
    if persona.interpretation.text:
        with st.container(border=True):
            st.caption("Interpretation, not measured")
            tell("interpretation")


def marked(text: str, findings: list[Finding], names: Mapping[str, str]) -> str:
    """The text made safe to show, with the findings' spans marked red (block) or orange (warn)."""
    parts, position = [], 0
    for finding in sorted(findings, key=lambda item: (item.span, item.severity)):
        start, end = finding.span
        if start < position or end <= start or not text[start:end].strip():
            continue
        parts += [_spoken(text[position:start], names), _mark(text[start:end], finding)]
        position = end
    return "".join([*parts, _spoken(text[position:], names)])


def _spoken(text: str, names: Mapping[str, str]) -> str:
    """Inert text that keeps the blanks at its ends, which part it from a mark."""
    before, after = " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
    return f"{before}{inert(spell_out(text, names))}{after}" if text.strip() else before


def _mark(text: str, finding: Finding) -> str:
    colour = "red" if finding.severity == "block" else "orange"
    return f":{colour}-background[{inert(text)}]"


def _marks(persona: Persona, statement: Statement) -> str:
    """Badges that say where a statement is not what the rest of the persona is."""
    if statement.asserted:
        return " :orange-badge[analyst-asserted]"
    model = any(item.source == "gemini" for _, item in persona.statements())
    if statement.source == "analyst" or (model and statement.source == "offline"):
        return f" :gray-badge[{WRITERS[statement.source]}]"
    return ""


def _with_chip(text: str, where: str, statement: Statement, reading: Reading) -> None:
    left, right = st.columns([17, 6], gap="small")
    left.markdown(text)
    chosen = where == reading.picked
    with right, st.container(key=f"chip{'-picked' if chosen else ''}-{where.replace('.', '-')}"):
        st.button(
            inert(reading.chip(statement)),
            key=f"evidence {where}",
            help="The facts behind this statement",
            on_click=reading.pick,
            args=(where,),
        )
    if chosen:
        with st.container(key="evidence-below"):
            reading.prove(statement)


def _step(persona: Persona, number: int, findings: list[Finding]) -> str:
    """The step as in the playbook; where a field has a finding, its words are marked."""
    text = plan_step(persona, number)
    for finding in findings:
        field = finding.where.rpartition(".")[2]
        start, end = finding.span
        words = inert(getattr(persona.plan[number], field, "")[start:end])
        if words and text.count(words) == 1:
            text = text.replace(
                words, f":{'red' if finding.severity == 'block' else 'orange'}-background[{words}]"
            )
    return text


def _findings(findings: list[Finding], reading: Reading | None) -> None:
    for finding in findings:
        if reading:
            reading.act(finding)
        else:
            colour = "red" if finding.severity == "block" else "orange"
            st.markdown(f":{colour}[:small[{inert(finding.message)}]]")

"""A persona as a document on the screen, with findings marked in the text."""

from collections.abc import Mapping

import streamlit as st

from engine.model import CheckReport, Finding, Persona, Statement
from llm.markdown import inert
from llm.pack import Pack
from llm.playbook import decision, plan_step, spell_out


def statements(persona: Persona) -> list[tuple[str, Statement]]:
    """Every statement of a persona under the name that people know it by, in reading order."""
    return [
        ("Tagline", persona.tagline),
        *((f"Point {number}", statement) for number, statement in enumerate(persona.bullets, 1)),
        ("What is unique", persona.unique),
        ("Keep in mind", persona.limit),
        ("Priority", persona.priority_why),
    ]


def persona_document(persona: Persona, report: CheckReport, lanes: Pack, names: Mapping[str, str]) -> None:
    """The whole persona; where the checker objects, the words are marked.

    `lanes` titles the tactics; `names` puts a name beside every segment id in the text.
    """

    def text(statement: Statement, where: str) -> str:
        return marked(statement.text, [item for item in report.findings if item.where == where], names)

    st.header(inert(persona.name), anchor=False)
    st.markdown(f"*{text(persona.tagline, 'tagline')}*")
    if decision(persona):
        st.markdown(f"**Decision: {inert(decision(persona))}.**")
    st.markdown(
        "\n".join(f"- {text(item, f'bullets.{place}')}" for place, item in enumerate(persona.bullets))
    )
    st.markdown(f"**What is unique.** {text(persona.unique, 'unique')}")
    st.markdown(f"**Keep in mind.** {text(persona.limit, 'limit')}")
    st.markdown(f"**{persona.priority} priority.** {text(persona.priority_why, 'priority_why')}")
    for title, field in (
        (lanes.rep_lane, "rep"),
        (lanes.digital_lane, "digital"),
        (lanes.access_lane, "access"),
    ):
        items: tuple[Statement, ...] = getattr(persona, field)
        if items:
            st.markdown(
                f"**{title}**\n\n"
                + "\n".join(f"- {text(item, f'{field}.{place}')}" for place, item in enumerate(items))
            )
    st.markdown("**Engagement plan**")
    st.markdown("\n".join(plan_step(number, step) for number, step in enumerate(persona.plan, 1)))
    with st.container(border=True):
        st.caption("Interpretation, not measured")
        st.markdown(text(persona.interpretation, "interpretation"))


def marked(text: str, findings: list[Finding], names: Mapping[str, str]) -> str:
    """The text made safe to show, with the findings' spans marked red (block) or orange (warn)."""
    parts, position = [], 0
    for finding in sorted(findings, key=lambda item: item.span):
        start, end = finding.span
        if start < position or end <= start:
            continue
        colour = "red" if finding.severity == "block" else "orange"
        parts += [
            inert(spell_out(text[position:start], names)),
            f":{colour}-background[{inert(text[start:end])}]",
        ]
        position = end
    return "".join([*parts, inert(spell_out(text[position:], names))])

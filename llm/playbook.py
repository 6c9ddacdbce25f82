"""Approved personas to a playbook in markdown, made to be read on GitHub and to be turned into a page or a
Word file."""

from engine.model import Playbook
from llm.chapters import Chapter, Table
from llm.contents import Contents, contents
from llm.markdown import table

FOOTER = "Internal planning; not for distribution."
UNAPPROVED = "Not yet approved."


def markdown(playbook: Playbook) -> str:
    """The playbook as markdown, segments of high priority first. Personas without an approval are included and
    marked as not approved; the app passes approved ones only. Raises OptionProblem for an unknown vocabulary pack.
    """
    told = contents(playbook)
    parts = [
        f"# {told.title}",
        "  \n".join(told.imprint),
        "## At a glance",
        _table(told.glance),
        told.missing,
        *_reading(told),
    ]
    for chapter in told.chapters:
        parts += chapter_parts(chapter)
    parts += ["---", f"*{FOOTER}*"]
    return "\n\n".join(part for part in parts if part) + "\n"


def chapter_parts(chapter: Chapter) -> list[str]:
    """A persona's blocks of markdown in reading order; those that do not apply are empty."""
    parts = [
        f"## {chapter.heading}",
        chapter.name_kept,
        f"**{chapter.tagline}**",
        f"{chapter.size} Priority: {chapter.priority}.",
        "" if chapter.approved else f"*{UNAPPROVED}*",
        f"**Decision:** {chapter.decision}" if chapter.decision else "",
        "\n".join(f"- {bullet}" for bullet in chapter.bullets),
        _table(chapter.figures) if chapter.figures else "",
        f"**What sets it apart.** {chapter.unique}",
        f"**Keep in mind.** {chapter.limit}",
        f"**Why priority is {chapter.priority.lower()}.** {chapter.why}",
        "### What to do",
    ]
    parts += [
        "\n".join([f"**{title}**", "", *(f"- {item}" for item in items)]) for title, items in chapter.lanes
    ]
    if chapter.plan:
        parts += ["### Engagement plan", "\n".join(chapter.plan)]
    parts.append(f"> **Interpretation, not measured.** {chapter.interpretation}")
    parts.append(f"*{' '.join(part for part in (chapter.written, chapter.approved) if part)}*")
    return parts


def _reading(told: Contents) -> list[str]:
    reading = told.reading
    first = (reading.verdict, reading.averages, reading.single, reading.priority, reading.advice)
    return ["## How to read the segments", " ".join(part for part in first if part), " ".join(reading.zeros)]


def _table(told: Table) -> str:
    return table(list(told.header), [list(row) for row in told.rows], told.right)

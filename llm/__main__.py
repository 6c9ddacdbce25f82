"""The writers and the checker on the command line: python -m llm draft | check | playbook.

Exit codes: 0 done, 1 the answer is no, 2 the input or an option is wrong, 3 interrupted.
"""

import argparse
import datetime
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from engine.errors import OptionProblem, StudioError
from engine.model import Approval, Brief, Fact, Finding, Persona, Playbook, Profile
from engine.record import plain
from llm import pack
from llm.check import CHECKER_VERSION, check, check_lines, facts_hash, places_of, verdict
from llm.facts import facts
from llm.page import page
from llm.persona_file import LINES_WANTED, PERSONAS_WANTED, read_lines, read_personas
from llm.playbook import markdown
from llm.priority import weights_of
from llm.profile_file import WANTED, read_profile
from llm.template import write


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors are one sentence on standard error."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except StudioError as problem:
        print(" ".join(str(problem).split()), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Interrupted; nothing was written.", file=sys.stderr)
        return 3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m llm", description="Personas and playbooks from a profile, held to its numbers."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_draft(commands)
    _add_check(commands)
    _add_playbook(commands)
    return parser


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], int], text: str) -> Any:
    command = commands.add_parser(
        name, help=text, description=text, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    command.add_argument("--quiet", action="store_true", help="no progress on standard error")
    command.set_defaults(run=run)
    return command


def _add_draft(commands: Any) -> None:
    command = _command(commands, "draft", draft, "Draft a persona for each segment of a profile.")
    command.add_argument("profile", metavar="PROFILE", help="profile.json of a segmentation")
    command.add_argument("--writer", choices=("offline", "gemini"), default="offline", help="who writes")
    command.add_argument("--model", default="", help="Gemini model id (empty: the built-in default)")
    command.add_argument("--pack", default="auto", help=f"vocabulary: auto, {', '.join(pack.names())}")
    command.add_argument("--brand", default="", help="brand the playbook is for")
    command.add_argument("--therapy-area", default="", help="therapy area or category")
    command.add_argument("--audience", default="", help="who will read the playbook")
    command.add_argument("--tone", default="", help="tone asked of the model")
    command.add_argument("--out", required=True, metavar="FILE", help="personas.json to write")


def _add_check(commands: Any) -> None:
    command = _command(
        commands, "check", run_check, "Hold personas, or single lines, to the numbers of a profile."
    )
    command.add_argument("personas", nargs="?", metavar="PERSONAS", help="personas.json to check")
    command.add_argument("--text", default="", metavar="FILE", help="lines.jsonl to check instead")
    command.add_argument("--profile", required=True, metavar="FILE", help="profile.json they describe")
    command.add_argument("--out", required=True, metavar="FILE", help="findings.json to write")


def _add_playbook(commands: Any) -> None:
    command = _command(
        commands,
        "playbook",
        playbook,
        "Make the playbook of drafted personas, in the form its ending asks for.",
    )
    command.add_argument("personas", metavar="PERSONAS", help="personas.json of draft")
    command.add_argument(
        "--profile", required=True, metavar="FILE", help="profile.json the personas describe"
    )
    command.add_argument("--title", default="Segment playbook", help="title of the document")
    command.add_argument("--date", default="", help="date on the title, ISO (empty: today)")
    command.add_argument(
        "--out", required=True, metavar="FILE", help="playbook.md to write, or .html, .docx, .pptx"
    )


def draft(options: argparse.Namespace) -> int:
    """Write personas.json: brief, writer, facts_hash, personas, approved (none yet)."""
    profile = _profile(options)
    chosen = pack.suggest(profile) if options.pack == "auto" else pack.load(options.pack).name
    brief = Brief(chosen, options.brand, options.therapy_area, options.audience, options.tone)
    known = facts(profile)
    _tell(options, f"{len(profile.segments)} segments, {len(known)} facts, vocabulary {chosen}.")
    personas = (
        _by_gemini(profile, known, brief, options)
        if options.writer == "gemini"
        else write(profile, known, brief)
    )
    content = {
        "brief": plain(brief),
        "writer": options.writer,
        "facts_hash": facts_hash(profile),
        "personas": [plain(persona) for persona in personas],
        "approved": [],
    }
    _save(options.out, json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n")
    _tell(options, f"Wrote {len(personas)} personas to {options.out}.")
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Write findings.json; 1 when anything is blocked. A persona's statements are its lines, called
    "S1.tagline", "S1.bullets.0" and so on; those without a finding are listed as "ok"."""
    if bool(options.personas) == bool(options.text):
        raise OptionProblem(
            "Expected either a personas.json or --text.",
            "Found both." if options.text else "Found neither.",
            "Give one of them.",
        )
    profile = _profile(options)
    lines = _line_findings(profile, options) if options.text else _persona_findings(profile, options)
    verdicts = [line["verdict"] for line in lines]
    content = {
        "checker_version": CHECKER_VERSION,
        "facts_hash": facts_hash(profile),
        "lines": lines,
        "blocked": verdicts.count("block"),
        "warned": verdicts.count("warn"),
    }
    _save(options.out, json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n")
    _tell(options, f"{len(lines)} lines: {content['blocked']} blocked, {content['warned']} with a warning.")
    return 1 if content["blocked"] else 0


def _line_findings(profile: Profile, options: argparse.Namespace) -> list[dict[str, Any]]:
    text = _bytes(options.text, LINES_WANTED).decode("utf-8-sig", errors="replace")
    lines = read_lines(text, options.text)
    _known({line.segment for line in lines}, profile)
    return [
        {"id": report.id, "verdict": report.verdict, "findings": [plain(f) for f in report.findings]}
        for report in check_lines(lines, profile, facts(profile))
    ]


def _persona_findings(profile: Profile, options: argparse.Namespace) -> list[dict[str, Any]]:
    content = _bytes(options.personas, PERSONAS_WANTED)
    personas, brief = read_personas(content, options.personas)
    _known({persona.segment for persona in personas}, profile)
    known, names = facts(profile), {persona.segment: persona.name for persona in personas}
    weights = weights_of(brief)
    found: list[dict[str, Any]] = []
    for persona in personas:
        places: dict[str, list[Finding]] = {place: [] for place in places_of(persona)}
        for finding in check(persona, profile, known, names, weights).findings:
            places.setdefault(finding.where, []).append(finding)
        found += [
            {
                "id": f"{persona.segment}.{place}",
                "segment": persona.segment,
                "where": place,
                "verdict": verdict(findings),
                "findings": [plain(finding) for finding in findings],
            }
            for place, findings in places.items()
        ]
    return found


def _known(segments: set[str], profile: Profile) -> None:
    there = {segment.id for segment in profile.segments}
    strange = sorted(segments - there)
    if strange:
        raise OptionProblem(
            f"Expected segments of the profile ({', '.join(sorted(there))}).",
            f"Found {strange[0] or 'none'}.",
            "Check --profile.",
        )


def playbook(options: argparse.Namespace) -> int:
    """Write the playbook with every persona of the file; those without an approval are marked."""
    make = _maker(options.out)
    profile = _profile(options)
    wanted = PERSONAS_WANTED
    try:
        content = json.loads(_bytes(options.personas, wanted))
        personas = TypeAdapter(tuple[Persona, ...]).validate_python(content["personas"])
        approvals = TypeAdapter(tuple[Approval, ...]).validate_python(content.get("approved", []))
        brief = TypeAdapter(Brief).validate_python(content["brief"])
    except (KeyError, TypeError, ValueError, ValidationError) as problem:
        raise OptionProblem(
            f"Expected {wanted}.", f"Found another form in {options.personas}.", "Draft again."
        ) from problem
    if content.get("facts_hash") != facts_hash(profile):
        raise OptionProblem(
            "Expected personas drafted from this profile.",
            "Found other facts.",
            "Draft again, or give the right --profile.",
        )
    made_on = options.date or datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    book = Playbook(
        title=options.title, dataset=Path(options.profile).resolve().parent.name, rows=profile.rows,
        made_on=made_on, profile=profile, personas=personas, approvals=approvals, brief=brief,
    )  # fmt: skip
    _save(options.out, make(book))
    _tell(options, f"Wrote the playbook of {len(personas)} personas to {options.out}.")
    return 0


def _maker(path: str) -> Callable[[Playbook], str | bytes]:
    """What makes the form that the path's ending asks for; Word and PowerPoint are loaded only where asked for."""
    ending = Path(path).suffix.lower()
    if ending in ("", ".md", ".markdown", ".txt"):
        return markdown
    if ending in (".html", ".htm"):
        return page
    if ending == ".docx":
        from llm.word import document

        return document
    if ending == ".pptx":
        from llm.slides import slides

        return slides
    raise OptionProblem(
        "Expected --out to end in .md, .html, .docx or .pptx.", f"Found {path}.", "Choose one of these forms."
    )


def _by_gemini(
    profile: Profile, known: tuple[Fact, ...], brief: Brief, options: argparse.Namespace
) -> tuple[Persona, ...]:
    from llm.model import Settings, connect, find_key
    from llm.write import draft as ask

    key = find_key(os.environ, {})
    settings = replace(Settings(), model=options.model) if options.model else Settings()

    def report(sentence: str, fraction: float) -> None:
        _tell(options, sentence)

    written = ask(profile, known, brief, connect(settings, key), settings, report)
    for segment, places in written.replaced.items():
        why = written.unwritten.get(segment, "Could not be mended.")
        _tell(options, f"{segment}: the offline writer's words stand for {', '.join(places)}. {why}")
    return written.personas


def _profile(options: argparse.Namespace) -> Profile:
    return read_profile(_bytes(options.profile, WANTED), options.profile)


def _bytes(path: str, wanted: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as problem:
        raise OptionProblem(f"Expected {wanted}.", f"{path} cannot be read.", "Check the path.") from problem


def _save(path: str, content: str | bytes) -> None:
    try:
        Path(path).write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as problem:
        raise OptionProblem(
            "A file that can be written.", f"{path} cannot.", "Choose another --out."
        ) from problem


def _tell(options: argparse.Namespace, text: str) -> None:
    if not options.quiet:
        print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

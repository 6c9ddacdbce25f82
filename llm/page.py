"""A playbook as one HTML file: to send, to open without the app, to print.

Made from the very markdown that llm.playbook writes, so both say the same. The file holds no script,
and its own policy forbids it to fetch anything.
"""

import re
from collections.abc import Mapping
from html import escape

from engine.model import Playbook
from llm.office import reader
from llm.playbook import markdown

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_STYLE = """\
:root { color-scheme: light dark; --ink: #1e2226; --paper: #fcfbf8; --line: #dedad0; --quiet: #5d646b; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e6e0; --paper: #15181b; --line: #363b40; --quiet: #a2a8ae; }
}
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.06rem/1.6 "Source Serif 4", "Charter", "Georgia", serif; }
main { max-width: 70ch; margin: 0 auto; padding: 3rem 1.2rem 4rem; }
h1, h2, h3, table { font-family: "Source Sans 3", "Segoe UI", "Helvetica Neue", sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; }
h2 { font-size: 1.35rem; margin-top: 3rem; padding-left: .8rem; border-left: 4px solid var(--segment, var(--line)); }
h3 { font-size: 1.1rem; margin-top: 1.8rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
.right { text-align: right; }
blockquote { margin: 1.5rem 0; padding: .1rem 1rem; border-left: 2px dotted var(--quiet); }
hr { border: 0; border-top: 1px solid var(--line); margin: 3rem 0 1rem; }
@media (max-width: 640px) {
  h2 + .wide tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  h2 + .wide thead { display: none; }
  h2 + .wide td { display: block; border: 0; padding: 0; text-align: left; }
  h2 + .wide td:nth-child(n+3) { display: inline-block; margin-right: 1rem; }
  h2 + .wide td:nth-child(3)::before { content: "Priority: "; }
  h2 + .wide td:nth-child(4)::before { content: "Size: "; }
  h2 + .wide td:nth-child(5)::before { content: "Share: "; }
  td, th { padding: .3rem .4rem .3rem 0; font-size: .82rem; }
}
@media print {
  :root { --ink: #000; --paper: #fff; --line: #bbb; --quiet: #444; }
  main { max-width: none; padding: 0; }
  h2 { break-before: page; } h2:first-of-type { break-before: auto; }
  table, blockquote, li { break-inside: avoid; }
}
"""


def page(playbook: Playbook, colours: Mapping[str, str] | None = None) -> str:
    """The playbook as a whole HTML document. `colours` are CSS colours by segment id, for a thin rule beside
    a segment's heading. Raises OptionProblem for an unknown vocabulary pack."""
    body = reader().render(markdown(playbook))
    body = re.sub(r' style="text-align:right"', ' class="right"', body)
    body = body.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")
    for segment, colour in (colours or {}).items():
        if re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
            body = re.sub(rf"<h2>(?=[^<]*\({segment}\)</h2>)", f'<h2 style="--segment: {colour}">', body)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(playbook.title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{body}</main>\n</body>\n</html>\n"
    )

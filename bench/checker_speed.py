"""How long the checker takes on a set of personas: `python -m bench.checker_speed [profile.json]`.

The offline writer's personas for each segment, checked in full. The first set pays for the lexicon and for
the profile's table of truth; the later ones are checked against profiles read anew, so that nothing but the
lexicon is remembered. Processor time, so that a busy machine does not count. The bar is 100 ms for six
segments. Without a file, a made-up table of six segments.
"""

import statistics
import sys
import time
from pathlib import Path

from bench.machine import describe
from engine.model import Brief, Persona, Profile
from engine.record import dump
from llm.check import check
from llm.facts import facts
from llm.pack import suggest
from llm.profile_file import read_profile
from llm.template import write
from tests.llm.profiles import prescribers

SETS = 15
SIX = {
    "means": {
        "class_trx": (320.0, 312.0, 204.0, 225.0, 150.0, 281.0),
        "brand_share": (0.60, 0.44, 0.52, 0.41, 0.36, 0.55),
        "access_score": (8.6, 6.1, 7.6, 4.4, 5.2, 7.0),
        "digital": (8.5, 5.6, 6.0, 3.9, 2.8, 7.1),
        "rep_calls": (6.0, 3.6, 3.9, 2.1, 1.8, 4.4),
    },
    "sizes": (400, 500, 600, 500, 450, 350),
    "mixes": {
        "specialty": {
            "Neurologist": (260, 125, 60, 50, 40, 150),
            "PCP": (80, 250, 350, 330, 300, 120),
            "Other": (60, 125, 190, 120, 110, 80),
        }
    },
}


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else ""
    text = Path(path).read_text(encoding="utf-8") if path else dump(prescribers(**SIX))
    profile = read_profile(text)
    personas = write(profile, facts(profile), Brief(suggest(profile)))
    first, *later = [_seconds(read_profile(text), personas) for _ in range(SETS + 1)]
    texts = sum(8 * len(p.plan) + 5 + len(p.bullets) + 6 for p in personas)
    print(describe())
    print(f"{len(personas)} personas, about {texts} texts")
    print(
        f"first set {1000 * first:.0f} ms, with the lexicon; later sets {1000 * statistics.median(later):.0f} ms (median)"
    )


def _seconds(profile: Profile, personas: tuple[Persona, ...]) -> float:
    known = facts(profile)
    names = {persona.segment: persona.name for persona in personas}
    start = time.process_time()
    for persona in personas:
        check(persona, profile, known, names)
    return time.process_time() - start


if __name__ == "__main__":
    main()

"""The drafted personas of the Personas page: what is stored of them, and storing a next version."""

from dataclasses import replace

from engine.model import Persona, Statement, TrailEntry
from tests.views.driving import App
from views import drafting

WRONG = "Brand share averages 99%, the lowest of any segment."


def newest(app: App, segment: str = "S1") -> Persona:
    return app.store.personas(app.segmentation)[segment].persona


def numbers(app: App) -> dict[str, int]:
    """The newest version's number by segment."""
    return {segment: version.version for segment, version in app.store.personas(app.segmentation).items()}


def approved(app: App) -> set[str]:
    return set(drafting.standing(app.store.segmentation(app.segmentation)))


def status(app: App, segment: str) -> str:
    """The caption under a segment in the list."""
    place = [option.split()[0] for option in app.at.radio[0].options].index(segment)
    return str(app.at.radio[0].proto.captions[place])


def form_key(app: App, field: str, segment: str = "S1") -> str:
    return f"edit {app.segmentation} {segment} {field}"


def put(app: App, segment: str, **fields: object) -> None:
    """Store a next version with these fields, as an analyst would."""
    changed = replace(newest(app, segment), **fields)
    app.store.save_personas(app.segmentation, [changed], source="analyst", author="Ada")


def wrong(app: App, **fields: object) -> Persona:
    """Store a version whose first point is false; returns it."""
    put(app, "S1", bullets=(Statement(WRONG, source="analyst"), *newest(app).bullets[1:]), **fields)
    return newest(app)


def trail(app: App, segment: str = "S1") -> tuple[TrailEntry, ...]:
    return app.store.trail(f"{app.segmentation}/{segment}")

"""What the Diagnose page is asked, and the answer that it keeps."""

from dataclasses import replace

from engine.diagnose import diagnosis_id
from engine.intake import proposed_spec
from engine.model import Diagnosis, KResult, Stage
from engine.verdict import sentence
from tests.views.driving import App


def subject(app: App, *, low: int = 2, high: int = 10, quick: bool = False, seed: int = 42) -> str:
    dataset = app.store.dataset(app.dataset)
    spec = app.store.spec(dataset.id) or proposed_spec(dataset)
    return diagnosis_id(spec, range(low, high + 1), seed=seed, starts=10, quick=quick)


def answer(app: App, **asked: object) -> Diagnosis:
    found = app.store.result(Diagnosis, subject(app, **asked))  # type: ignore[arg-type]
    assert found is not None
    return found


def said_first(result: KResult | None) -> str:
    """The first sentence of the verdict on these segments."""
    assert result is not None
    return sentence(result).partition(". ")[0].removesuffix(".")


def k_control(app: App) -> str:
    return next(item.key for item in app.at.button_group if item.key.startswith("k of"))


def until(whole: Diagnosis, stage: Stage) -> Diagnosis:
    """The answer as it was at a stage: what comes later is not computed yet."""
    later: dict[str, object] = {}
    if stage != "complete":
        later |= dict.fromkeys(
            ("null_silhouette_mean", "null_silhouette_max", "null_inertia_mean", "null_inertia_min",
             "null_inertia_max", "silhouette_tested", "gaps", "gap", "gap_se", "verdict")
        ) | {"borderline": False}  # fmt: skip
    if stage in ("preview", "silhouette"):
        later |= dict.fromkeys(
            ("stability_ari", "stability_ari_se", "jaccard", "jaccard_se", "second", "prediction_strength")
        )
    if stage == "preview":
        later |= dict.fromkeys(("silhouette", "silhouette_macro", "calinski_harabasz", "davies_bouldin"))
    tested = stage in ("stability", "complete")
    return replace(
        whole,
        stage=stage,
        ks=tuple(replace(result, **later) for result in whole.ks),  # type: ignore[arg-type]
        shortlist=() if stage == "preview" else whole.shortlist,
        rows_tested=whole.rows_tested if tested else None,
        gap_k=whole.gap_k if stage == "complete" else None,
    )

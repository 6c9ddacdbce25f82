"""The nouns: small frozen values that the verbs take and return.

They hold no behaviour beyond simple look-ups, touch nothing outside memory, and have a JSON form
(engine.record). Row-sized data never lives in them, except in Features and Projection, which are
computed and not stored.

A column has a `name` (its header, what people and files say) and a `field` (c0, c1, ... in the
database), so that no header ever becomes part of a query.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

Kind = Literal["number", "boolean", "category", "text", "date", "identifier", "constant", "empty"]
Use = Literal["cluster", "describe", "ignore"]
Unit = Literal[
    "fraction", "count", "score", "currency", "days", "months", "ratio", "points", "category", "number"
]
Theme = Literal["volume", "share", "access", "digital", "rep", "new_starts", "adherence", "burden", "other"]
Prepare = Literal["auto", "zscore", "range", "none"]
Zeros = Literal["missing", "amount"]
Transform = Literal["none", "log1p", "yeo-johnson"]
Verdict = Literal["natural", "reproducible", "constructive"]
Stage = Literal["preview", "silhouette", "stability", "complete"]
Source = Literal["offline", "gemini", "analyst"]
Level = Literal["High", "Medium", "Low"]

ROW_NUMBER = "row_number"
"""The key of a table that has none of its own: the row's position in the file, from 1."""

SMALLEST_CELL = 11
"""Groups of fewer accounts are never shown (the rule of the US Medicare agency for its own tables)."""


# --- Files become a dataset ---------------------------------------------------------------------


@dataclass(frozen=True)
class Meaning:
    """What a column says, in the analyst's words. `role` follows the dictionary of profile.json.

    polarity: 1 more is better, -1 less is better, 0 neither or unknown.
    """

    label: str
    aliases: tuple[str, ...] = ()
    unit: Unit = "number"
    role: Theme = "other"
    polarity: int = 0


@dataclass(frozen=True)
class Column:
    """One column of a dataset with its health and the use proposed for it.

    `use` and `reason` are proposals made once, at import; what the analyst chose is in FeatureSpec.
    `histogram` counts 20 equal-width bins from minimum to maximum (numbers only).
    `top` holds the most frequent values with their counts (at most 8; every kind but numbers).
    `zeros_withheld`: whether zeros may stand for counts too small to publish.
    """

    name: str
    field: str
    kind: Kind
    use: Use
    reason: str
    meaning: Meaning
    missing: int
    distinct: int
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    median: float | None = None
    sd: float | None = None
    skew: float | None = None
    histogram: tuple[int, ...] = ()
    top: tuple[tuple[str, int], ...] = ()
    zeros_withheld: bool = False


@dataclass(frozen=True)
class Rejected:
    """A line of the file that did not become a row. `line` counts from 1."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True)
class Dataset:
    """A table in the workspace. `id` is the content id of the file's bytes and reading options.

    `key` is the proposed key: a column's name, or ROW_NUMBER. The column may repeat: then its rows are not
    accounts, and the analyst has to say what they are.
    `notes` lists every coercion made while reading, one sentence each.
    `rejected` holds the first 100 rejected lines; `rejected_rows` counts all of them.
    """

    id: str
    name: str
    source: str
    rows: int
    columns: tuple[Column, ...]
    key: str
    rejected_rows: int = 0
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[str, ...] = ()
    created_at: str = ""

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


# --- A dataset and a feature specification become features --------------------------------------


@dataclass(frozen=True)
class Filter:
    """Keep the rows where the column meets the condition. Values are compared in the column's type."""

    column: str
    operator: Literal["in", "not in", "between", ">", ">=", "<", "<=", "is missing", "is not missing"]
    values: tuple[str | float, ...] = ()


@dataclass(frozen=True)
class FeatureSpec:
    """Which rows and columns are segmented, and how columns are prepared. Columns by name.

    zeros: what zeros of a column stand for, by the analyst's word: "missing" for counts that were withheld, so
    that they are read as missing wherever the column is read; "amount" for nothing at all. A column that is not
    listed was not decided on, and its zeros are read as amounts.
    identical_rows: "once" reads only the first of rows that are equal in every column.
    """

    dataset: str
    key: str
    cluster: tuple[str, ...]
    describe: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    prepare: Prepare = "auto"
    weights: tuple[tuple[str, float], ...] = ()
    zeros: tuple[tuple[str, Zeros], ...] = ()
    identical_rows: Literal["all", "once"] = "all"

    def read_otherwise(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """How columns and rows are read where it is not as they stand; what an id says of it, in any order of answers."""
        missing = tuple(sorted({*self.zeros_as("missing")}))
        once = (self.identical_rows,) if self.identical_rows != "all" else ()
        return tuple((name, told) for name, told in (("zeros", missing), ("identical_rows", once)) if told)

    def zeros_as(self, answer: Zeros) -> tuple[str, ...]:
        """The columns whose zeros are taken so."""
        return tuple(name for name, given in self.zeros if given == answer)


@dataclass(frozen=True)
class Preparation:
    """Every number needed to prepare one column again, on other rows, with the same result.

    Numbers: fill missing, clip to [lower, upper], transform (`lambda_` for Yeo-Johnson), subtract
    `centre`, divide by `scale`, multiply by sqrt(weight).
    Categories: one indicator per level in `levels` (everything else is "Other"), divided by the root
    of its share, minus that root (FAMD), divided by `scale` (1 but for "range"), times sqrt(weight).
    """

    column: str
    kind: Literal["number", "category"]
    reason: str
    weight: float = 1.0
    missing: int = 0
    fill: float | str | None = None
    lower: float | None = None
    upper: float | None = None
    transform: Transform = "none"
    lambda_: float | None = None
    centre: float = 0.0
    scale: float = 1.0
    levels: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Features:
    """The prepared matrix, rows in the order of the key, so file order never matters.

    keys: (n,) text; matrix: (n, d) float64, C-contiguous, finite; names: d labels of the axes.
    """

    spec: FeatureSpec
    preparation: tuple[Preparation, ...]
    names: tuple[str, ...]
    keys: np.ndarray = field(repr=False)
    matrix: np.ndarray = field(repr=False)


# --- Features become a diagnosis ----------------------------------------------------------------


@dataclass(frozen=True)
class PairGap:
    """Whether the accounts between two segments thin out. `one` and `other` are ids such as S1.

    valley: lowest density on the line between the two centres over the lower of its two peaks.
    path: density at the sparsest place of the densest way between them over that of the sparser core;
    None where the valley had settled it. Both are 1 or more without a gap, 0 with empty space between.
    apart: both lie under their thresholds (engine.verdict).
    """

    one: str
    other: str
    valley: float
    path: float | None
    apart: bool


@dataclass(frozen=True)
class SecondDivision:
    """Another division into as many segments, nearly as good, to which `samples` of `of` samples led.

    agreement: its adjusted Rand index with the division in hand; excess: its inertia above that one's, as a
    share of it (.005 is half a percent worse).
    """

    samples: int
    of: int
    agreement: float
    excess: float


@dataclass(frozen=True)
class KResult:
    """What was computed for one k. None means not computed. Centres are in the prepared space,
    largest segment first; `sizes` and `jaccard` follow the same order.

    `silhouette_tested` is that of the `rows_tested` accounts the null's silhouettes are compared with.
    The null's inertias are scaled to all rows, so that they can be drawn beside `inertia`.
    `borderline`: a small change of the data could change the verdict.
    The standard errors are of the draw of the samples; `jaccard_se` follows the order of `jaccard`.
    `silhouette_squared` is by squared distances, another number: for comparison with Spark only.
    """

    k: int
    inertia: float
    silhouette: float | None = None
    silhouette_macro: float | None = None
    silhouette_method: Literal["exact", "sampled"] | None = None
    silhouette_halfwidth: float | None = None
    calinski_harabasz: float | None = None
    davies_bouldin: float | None = None
    gap: float | None = None
    gap_se: float | None = None
    prediction_strength: float | None = None
    stability_ari: float | None = None
    jaccard: tuple[float, ...] | None = None
    null_silhouette_mean: float | None = None
    null_silhouette_max: float | None = None
    sizes: tuple[int, ...] = ()
    verdict: Verdict | None = None
    centres: tuple[tuple[float, ...], ...] = ()
    silhouette_simplified: float | None = None
    silhouette_tested: float | None = None
    null_inertia_mean: float | None = None
    null_inertia_min: float | None = None
    null_inertia_max: float | None = None
    gaps: tuple[PairGap, ...] | None = None
    borderline: bool = False
    silhouette_squared: float | None = None
    stability_ari_se: float | None = None
    jaccard_se: tuple[float, ...] | None = None
    second: SecondDivision | None = None


@dataclass(frozen=True)
class Diagnosis:
    """The answer to "how many segments, and how sure": one KResult per k, and the reasoning.

    `suggested` is the k marked on the charts and `reason` says why in a sentence or two.
    `shortlist` is best first. `rows_tested` is the sample behind stability and verdict.
    `stage` is how far it got: "preview" (k-means on a sample, simplified silhouettes), "silhouette",
    "stability", "complete". `gap_k` is the gap statistic's answer, which may be 1, from `gap_references`
    uniform tables; `gap_of_one` and its standard error are its value there. `prediction_k` is the
    largest k of prediction strength .8 or more, 1 if none. `null_tables` counts the null's tables.
    `dip` and `dip_p` are the dip test's along the first principal component; no verdict rests on them.
    """

    id: str
    spec: FeatureSpec
    rows: int
    features: tuple[str, ...]
    preparation: tuple[Preparation, ...]
    seed: int
    starts: int
    ks: tuple[KResult, ...]
    suggested: int
    reason: str
    shortlist: tuple[int, ...]
    advice: str
    rows_tested: int | None = None
    warnings: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    stage: Stage = "complete"
    gap_k: int | None = None
    gap_of_one: float | None = None
    gap_of_one_se: float | None = None
    gap_references: int | None = None
    prediction_k: int | None = None
    null_tables: int | None = None
    dip: float | None = None
    dip_p: float | None = None

    def at(self, k: int) -> KResult | None:
        return next((result for result in self.ks if result.k == k), None)


# --- A diagnosis and a chosen k become a segmentation -------------------------------------------


@dataclass(frozen=True)
class Segment:
    """One segment. `id` (S1 is the largest) never changes; name and description are the analyst's.

    `colour` is its place, 0 to 7, in the one palette; it stays with the segment everywhere.
    """

    id: str
    name: str
    size: int
    share: float
    colour: int
    description: str = ""


@dataclass(frozen=True)
class Segmentation:
    """A recipe: everything needed to make the same segments again, and nothing row-sized.

    `id` names this saved thing (it may be renamed, copied, archived); `recipe` is the content id of
    what decides the rows' segments, and keys the assignments. `outliers` accounts lie further than
    `outlier_distance` from their centre, in the prepared space; they are tagged and stay in their
    segment (None: not measured). For method "column", `column` is the
    column that already held the segments.
    """

    id: str
    recipe: str
    name: str
    spec: FeatureSpec
    preparation: tuple[Preparation, ...]
    method: Literal["kmeans", "column"]
    segments: tuple[Segment, ...]
    rows: int
    seed: int = 42
    starts: int = 10
    centres: tuple[tuple[float, ...], ...] = ()
    column: str | None = None
    diagnosis: str | None = None
    verdict: Verdict | None = None
    verdict_text: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    created_at: str = ""
    updated_at: str = ""
    archived: bool = False
    notes: str = ""
    outlier_distance: float | None = None
    outliers: int = 0

    def segment(self, segment_id: str) -> Segment | None:
        return next((segment for segment in self.segments if segment.id == segment_id), None)


# --- A segmentation becomes a profile -----------------------------------------------------------


@dataclass(frozen=True)
class FeatureStat:
    """One numeric or boolean column in one segment (or in the population, where z is 0, index 100).

    z: (segment mean - population mean) / population sd, in sd. index: 100 x mean / population mean,
    None when the population mean is 0 or any value is negative. d: Cohen's d against all other accounts.
    rank: 1 for the highest mean among segments (ties share the lower number). n: values present.
    total_share: this segment's part (0 to 1) of the column's total; None where a total makes no sense.
    above: how often (0 to 1) an account of the segment has a higher value than one outside it, equal ones
    counted half (Vargha & Delaney 2000); None for the population and where nobody is outside.
    top_tenth: the part (0 to 1) of the column's sum here that the tenth of the accounts with the most holds;
    at_q3: how many accounts have the upper quartile or more. Both None where they would tell of fewer than 11.
    """

    mean: float
    median: float
    sd: float
    n: int
    z: float = 0.0
    index: float | None = 100.0
    rank: int | None = None
    d: float | None = None
    q1: float | None = None
    q3: float | None = None
    total_share: float | None = None
    above: float | None = None
    top_tenth: float | None = None
    at_q3: int | None = None


@dataclass(frozen=True)
class CategoryStat:
    """One value of a category column: n accounts, their share (0 to 1) of the segment, and
    lift = share / population share."""

    share: float
    lift: float
    n: int


@dataclass(frozen=True)
class SegmentProfile:
    id: str
    name: str
    size: int
    size_share: float
    features: dict[str, FeatureStat]
    categories: dict[str, dict[str, CategoryStat]]


@dataclass(frozen=True)
class PopulationProfile:
    features: dict[str, FeatureStat]
    categories: dict[str, dict[str, CategoryStat]]


@dataclass(frozen=True)
class SuppressedCell:
    """A category cell that is never shown: fewer than 11 accounts, or the one that would give it away."""

    segment: str
    column: str
    value: str


@dataclass(frozen=True)
class Profile:
    """What the segments are, in numbers; written as profile.json. Columns by name.

    `clustered` lists the columns the segments were made from; the others only describe them.
    `zeros_missing`: columns whose zeros were read as missing. `zeros_in_doubt`: columns whose zeros may stand
    for counts too small to publish and were read as zeros, because nobody has said what they are.
    """

    rows: int
    segments: tuple[SegmentProfile, ...]
    population: PopulationProfile
    dictionary: dict[str, Meaning]
    clustered: tuple[str, ...] = ()
    verdict: Verdict | None = None
    verdict_text: str = ""
    suppressed: tuple[SuppressedCell, ...] = ()
    zeros_missing: tuple[str, ...] = ()
    zeros_in_doubt: tuple[str, ...] = ()

    def segment(self, segment_id: str) -> SegmentProfile | None:
        return next((segment for segment in self.segments if segment.id == segment_id), None)

    def measured(self) -> "Profile":
        """The numbers alone, each segment called by its id and no verdict: what an approval rests on."""
        unnamed = tuple(replace(item, name=item.id) for item in self.segments)
        return replace(self, segments=unnamed, verdict=None, verdict_text="")


@dataclass(frozen=True)
class Projection:
    """A flat map of at most 5,000 accounts on the first two principal components.

    x, y: (n,) float64; keys: (n,) text; segments: (n,) segment ids. `axes` names each axis by its
    strongest loadings, e.g. "more class_trx, more brand_trx"; `explained` are shares of variance.
    """

    x: np.ndarray = field(repr=False)
    y: np.ndarray = field(repr=False)
    keys: np.ndarray = field(repr=False)
    segments: np.ndarray = field(repr=False)
    axes: tuple[str, str] = ("", "")
    explained: tuple[float, float] = (0.0, 0.0)
    rows: int = 0


# --- A profile becomes facts, facts become personas ---------------------------------------------

Statistic = Literal[
    "mean", "median", "category share", "size", "size share", "z", "rank", "difference", "ratio",
    "lift", "total share", "upper quartile",
]  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One number a sentence may use. `segment` is S1, S2, ... or ALL. `text` is how it is written.

    `other` is the second segment (or ALL) of a difference or a ratio.
    """

    id: str
    segment: str
    feature: str
    role: Theme
    statistic: Statistic
    value: float
    unit: str
    text: str
    n: int
    category: str | None = None
    other: str | None = None
    suppressed: bool = False


@dataclass(frozen=True)
class Claim:
    """One checkable statement in the form a model returns it: no numbers, only fact ids."""

    id: str
    kind: str
    segment: str
    feature: str = ""
    category: str = ""
    comparator: str = ""
    other_segment: str = ""
    direction: str = ""
    magnitude: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One sentence or phrase of a persona. `text` is what people read; `evidence` are fact ids.

    `asserted` holds the analyst's reason where a finding was overridden.
    """

    text: str
    evidence: tuple[str, ...] = ()
    source: Source = "offline"
    asserted: str = ""


@dataclass(frozen=True)
class PlanStep:
    """One step of an engagement plan, in order."""

    channel: str
    topic: str
    call_to_action: str
    frequency: str
    cadence: str
    trigger: str
    measure: str
    stop_rule: str


@dataclass(frozen=True)
class Kept:
    """Words that are no statement (`where` is "name" or "plan.2.trigger") and were kept against a finding, for
    the analyst's reason. It holds for exactly this text."""

    where: str
    text: str
    reason: str


@dataclass(frozen=True)
class Persona:
    """A segment told for a marketing lead. Fact zones: tagline, bullets, unique, limit, priority_why.

    `rep`, `digital` and `access` are tactics (advice); `interpretation` stands apart and is badged.
    `plan_source` says who wrote the plan; None where that was not kept. `kept` holds the reasons for a name
    and for words of the plan; a statement holds its own.
    """

    segment: str
    name: str
    tagline: Statement
    bullets: tuple[Statement, ...]
    unique: Statement
    limit: Statement
    priority: Level
    priority_why: Statement
    rep: tuple[Statement, ...]
    digital: tuple[Statement, ...]
    access: tuple[Statement, ...]
    plan: tuple[PlanStep, ...]
    interpretation: Statement
    claims: tuple[Claim, ...] = ()
    plan_source: Source | None = None
    kept: tuple[Kept, ...] = ()

    def reason_for(self, where: str, text: str) -> str:
        """The analyst's reason for keeping this text at this place; "" where there is none."""
        return next((item.reason for item in self.kept if (item.where, item.text) == (where, text)), "")

    def statements(self) -> tuple[tuple[str, Statement], ...]:
        """Every statement under the name of its place ("tagline", "bullets.0", ...), in reading order."""
        return (
            ("tagline", self.tagline),
            *((f"bullets.{number}", item) for number, item in enumerate(self.bullets)),
            ("unique", self.unique),
            ("limit", self.limit),
            ("priority_why", self.priority_why),
            *((f"rep.{number}", item) for number, item in enumerate(self.rep)),
            *((f"digital.{number}", item) for number, item in enumerate(self.digital)),
            *((f"access.{number}", item) for number, item in enumerate(self.access)),
            ("interpretation", self.interpretation),
        )


@dataclass(frozen=True)
class Finding:
    """One problem the checker found. `span` counts characters in the statement's text.

    `where` names the field: "tagline", "bullets.1", "name", ...; `fix` is a replacement for the span.
    """

    where: str
    kind: str
    severity: Literal["block", "warn"]
    span: tuple[int, int]
    message: str
    fact: str | None = None
    expected: str | None = None
    fix: str | None = None


@dataclass(frozen=True)
class CheckReport:
    """The checker's word on one persona, valid only for exactly these facts, text and rules."""

    segment: str
    findings: tuple[Finding, ...]
    facts_hash: str
    text_hash: str
    checker_version: str

    @property
    def blocked(self) -> bool:
        return any(finding.severity == "block" for finding in self.findings)


@dataclass(frozen=True)
class Brief:
    """What the writers are told beside the facts; every field may stay empty.

    `pack` names the vocabulary (llm/packs): words, tactics lanes and channels. `weights` are the parts of
    the computed priority (volume, headroom, access) that the analyst weighs otherwise.
    """

    pack: str = "pharma"
    brand: str = ""
    therapy_area: str = ""
    audience: str = ""
    tone: str = ""
    weights: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class PersonaVersion:
    """A stored persona. Versions count from 1 for each segment and are never changed."""

    segmentation: str
    version: int
    persona: Persona
    source: Source
    author: str
    created_at: str


@dataclass(frozen=True)
class TextInProgress:
    """A persona as someone left it while editing, and the version that was opened for it."""

    based_on: int
    persona: Persona


@dataclass(frozen=True)
class TrailEntry:
    """Who did what to which record, when and why. `number` counts from 1 over the whole workspace.

    `at` is UTC; `record` names a persona ("ab12/S1") or a place in it ("ab12/S1/bullets.0"); `hash` is the
    SHA-256 of every other field, `previous` that of the entry before ("" for the first).
    """

    number: int
    at: str
    who: str
    action: str
    record: str
    old: str
    new: str
    reason: str
    previous: str
    hash: str


@dataclass(frozen=True)
class Approval:
    """Who approved which version, and the hashes that make it stale when anything changes."""

    segmentation: str
    segment: str
    version: int
    report: CheckReport
    approved_by: str
    approved_at: str


@dataclass(frozen=True)
class Playbook:
    """Approved personas with what a reader needs to weigh them."""

    title: str
    dataset: str
    rows: int
    made_on: str
    profile: Profile
    personas: tuple[Persona, ...]
    approvals: tuple[Approval, ...]
    brief: Brief

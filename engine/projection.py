"""A flat map of the accounts on the two directions in which they differ most."""

from collections.abc import Mapping

import numpy as np

from engine.model import Features, Preparation, Projection

SMALLEST_SHARE_OF_MAP = 50
"""Points every segment gets on the map if it has that many accounts."""


def project(
    features: Features,
    labels: np.ndarray,
    limit: int = 5000,
    seed: int = 42,
    names: Mapping[str, str] | None = None,
) -> Projection:
    """The first two principal components of the prepared matrix, of at most `limit` accounts.

    labels: (n,) segment ids, or numbers from 0 that become S1, S2, ... Fitted on all rows; the points
    are drawn by `seed` in proportion to the segments, at least 50 of each where there are so many.
    `names` gives a column's label; each axis is named by its two strongest loadings. Each component
    points the way its strongest loading is positive, so a map never flips between runs.
    """
    ids = segment_ids(labels)
    dimensions = min(2, *features.matrix.shape)
    components, explained = _components(features.matrix, dimensions)
    chosen = _stratified(ids, limit, seed)
    places = (features.matrix[chosen] - np.mean(features.matrix, axis=0)) @ components.T
    described = _axis_phrases(features.preparation, names or {})
    axes = [_axis_name(component, described) for component in components]
    missing = 2 - dimensions
    return Projection(
        x=np.ascontiguousarray(places[:, 0]),
        y=np.ascontiguousarray(places[:, 1]) if dimensions == 2 else np.zeros(len(chosen)),
        keys=features.keys[chosen],
        segments=ids[chosen],
        axes=(axes[0], axes[1] if not missing else ""),
        explained=(explained[0], explained[1] if not missing else 0.0),
        rows=len(features.matrix),
    )


def segment_ids(labels: np.ndarray) -> np.ndarray:
    """Segment ids as text: numbers from 0 become S1, S2, ...; ids stay as they are."""
    labels = np.asarray(labels)
    if np.issubdtype(labels.dtype, np.integer):
        return np.array([f"S{label + 1}" for label in labels], dtype=object)
    return labels.astype(object)


def _components(matrix: np.ndarray, dimensions: int) -> tuple[np.ndarray, list[float]]:
    """The leading directions (dimensions, d), signs fixed, and their shares of the variance."""
    centred = matrix - np.mean(matrix, axis=0)
    values, vectors = np.linalg.eigh(centred.T @ centred / max(1, len(matrix) - 1))
    components = vectors.T[::-1][:dimensions]
    strongest = np.argmax(np.abs(np.round(components, 12)), axis=1)
    signs = np.sign(components[np.arange(dimensions), strongest])
    shares = values[::-1][:dimensions] / values.sum()
    return components * signs[:, None], [float(share) for share in shares]


def _stratified(ids: np.ndarray, limit: int, seed: int) -> np.ndarray:
    """Positions in order of the rows: each segment its share of `limit`, and no fewer than 50 of it."""
    if len(ids) <= limit:
        return np.arange(len(ids))
    random = np.random.default_rng(seed)
    segments, inverse, sizes = np.unique(ids.astype(str), return_inverse=True, return_counts=True)
    floor = np.minimum(sizes, min(SMALLEST_SHARE_OF_MAP, limit // len(segments)))
    spare = sizes - floor
    wanted = floor + np.floor(spare * ((limit - floor.sum()) / spare.sum())).astype(int)
    chosen = [
        random.choice(np.flatnonzero(inverse == segment), wanted[segment], replace=False)
        for segment in range(len(segments))
    ]
    return np.sort(np.concatenate(chosen))


def _axis_phrases(preparation: tuple[Preparation, ...], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """For each axis of the matrix, the words for a positive and for a negative loading."""
    phrases = []
    for prepared in preparation:
        name = names.get(prepared.column, prepared.column)
        if prepared.kind == "number":
            phrases.append((f"more {name}", f"less {name}"))
        else:
            phrases += [(f"more {name} {level}", f"less {name} {level}") for level in prepared.levels]
    return phrases


def _axis_name(component: np.ndarray, phrases: list[tuple[str, str]]) -> str:
    strongest = np.argsort(-np.abs(np.round(component, 12)), kind="stable")[:2]
    return ", ".join(
        phrases[place][0 if component[place] > 0 else 1]
        for place in strongest
        if abs(component[place]) > 1e-9
    )

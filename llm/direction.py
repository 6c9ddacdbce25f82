"""Which side of the population's mean a displayed mean lies on."""

from llm.checking.truth import beyond as beyond

"""Scripts behind the figures in README: each measures one claim against its peer in the same run."""

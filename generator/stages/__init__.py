"""The stages of the pipeline: each takes values and returns values."""

"""The spaCy pipeline: layout-aware tokenizer, encoder, reconciled entities."""

from newsextract.pipeline.build import (
    LayoutTokenizer,
    copy_pipeline,
    find_component,
    finish_doc,
    make_doc,
    make_pipeline,
    reconcile_entities,
    start_doc,
)
from newsextract.pipeline.copies import Pipelines

__all__ = [
    "LayoutTokenizer",
    "Pipelines",
    "copy_pipeline",
    "find_component",
    "finish_doc",
    "make_doc",
    "make_pipeline",
    "reconcile_entities",
    "start_doc",
]

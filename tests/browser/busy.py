"""The studio with a draft by Gemini under way for every segmentation, which does not end by itself."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from views import ENTRY, drafting, resources


def draft(report: resources.Report) -> None:
    while True:
        report("Asking for S1", 0.5)
        time.sleep(0.05)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    for segmentation in resources.workspace().segmentations():
        resources.jobs().start(drafting.gemini_subject(segmentation), "gemini draft", draft)
    yield
    resources.close()


app = st.App(ENTRY, lifespan=lifespan)

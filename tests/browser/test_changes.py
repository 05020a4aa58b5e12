"""What people do to a call: take it along, rename, note, transcribe again, delete."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conversations import GARDEN
from tests.browser.site import Site

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

FORMATS = {
    "Text": ("txt", b"garden shop"),
    "Word": ("docx", b"PK"),
    "Markdown": ("md", b"garden shop"),
    "Spreadsheet (CSV)": ("csv", b"garden shop"),
    "Subtitles (WebVTT)": ("vtt", b"WEBVTT"),
    "Subtitles (SRT)": ("srt", b"-->"),
    "JSON": ("json", b'"turns"'),
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_transcript_is_taken_along_in(name: str, visit: Visit, tmp_path: Path) -> None:
    page = visit("/calls/CON-garden")
    suffix, has = FORMATS[name]

    with page.expect_download() as waiting:
        page.get_by_role("link", name=name, exact=True).click()
    waiting.value.save_as(tmp_path / "taken")

    assert waiting.value.suggested_filename == f"{GARDEN}.{suffix}"
    assert has in (tmp_path / "taken").read_bytes()


def test_renamed_parties_are_called_so_everywhere(visit: Visit, tmp_path: Path) -> None:
    page = visit("/calls/CON-garden")

    page.get_by_text("Rename the parties").click()
    page.get_by_label("Party 1").fill("Ann")
    page.get_by_role("button", name="Save the names").click()

    expect(page.locator(".turn .name", has_text="Ann").first).to_be_visible()
    expect(page.locator(".wave .name").first).to_have_text("Ann")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="JSON").click()
    waiting.value.save_as(tmp_path / "taken")
    assert json.loads((tmp_path / "taken").read_text())["parties"][0]["name"] == "Ann"


def test_a_note_is_shown_with_its_call(visit: Visit) -> None:
    page = visit("/calls/CON-meeting")

    page.get_by_text("Add a note").click()
    page.get_by_label("Note").fill("Ask <b>Dora</b> about Friday")
    page.get_by_role("button", name="Save the note").click()

    expect(page.locator(".note-shown")).to_have_text("Ask <b>Dora</b> about Friday")


def test_a_recording_is_transcribed_again_in_another_language(visit: Visit, site: Site) -> None:
    page = visit("/calls/CON-garden")

    page.locator("summary", has_text="Transcribe again").click()
    page.get_by_label("Language, such as").fill("de-DE")
    page.get_by_role("button", name="Transcribe again").click()

    expect(page.get_by_text("Transcription number 2 is under way")).to_be_visible()
    assert [it.language_code for it in site.calls.wishes] == ["de-DE"]


def test_a_call_is_deleted_only_after_a_confirmation(visit: Visit, site: Site) -> None:
    page = visit("/calls/CON-garden")

    page.get_by_role("link", name="Delete this call").click()
    page.get_by_role("link", name="Keep it").click()
    still_there = site.calls.get("CON-garden")
    page.get_by_role("link", name="Delete this call").click()
    page.get_by_role("button", name="Delete for good").click()

    assert still_there is not None
    assert not still_there.deleted
    expect(page.get_by_text("The call is deleted.")).to_be_visible()
    page.goto("/calls/CON-garden")
    expect(page.get_by_role("heading", level=1)).to_have_text("This call is deleted")

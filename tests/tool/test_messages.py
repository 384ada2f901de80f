# SPDX-License-Identifier: LGPL-3.0-only
"""The host tool reads igd_messages.h completely, words findings as the library does, and knows a
message by its line."""
# Copyright (C) 2026 The seabios-igd authors

import re

import pytest

import library
from igd_host import messages
from igd_host.messages import Finding
from tool import ROOT

HEADER = (ROOT / "src/igd/igd_messages.h").read_text()
LEVELS = {"ERR": "error", "WARN": "warning", "NOTE": "note"}
# Values and limits at which an argument could be printed in another way.
NUMBERS = ((0, 0), (1, 1), (2, 0x10), (3, 0xABC), (4, 0x300), (0x12345678, 0xFFFFFFFF),
           (0x123456789A, 0x100000), (0xFFFFFFFFFFFFFFFF, 7))
# Fewer are a code of enum igd_switch.
SWITCH_NUMBERS = [(value, limit) for value, limit in NUMBERS if value < 7]


def numbers(code):
    return SWITCH_NUMBERS if code == "IGD_WARN_SWITCH" else NUMBERS


def test_every_line_of_the_header_is_read():
    for macro, got in (("IGD_MESSAGE", messages.messages()), ("IGD_BEYOND", messages.beyond()),
                       ("IGD_CONDITION", messages.conditions())):
        written = re.findall(rf"^{macro}\(", HEADER, re.M)
        assert len(got) == len(written) > 4, macro
    written = re.findall(r"^#define IGD_SAYS_(\w+)", HEADER, re.M)
    assert list(messages.says()) == [name.lower() for name in written]


@pytest.mark.parametrize("code", messages.messages())
def test_a_message_is_whole(code):
    message = messages.messages()[code]
    kind = re.fullmatch("IGD_(ERR|WARN|NOTE)_[A-Z_]+", code)
    assert kind and message.level == LEVELS[kind[1]]
    assert message.cause and message.cure
    conversions = re.findall("%", message.form)
    assert len(message.values(0, 0)) == len(conversions), message


@pytest.mark.parametrize("code", messages.messages())
def test_a_message_is_known_by_its_line_and_by_no_others(code):
    for value, limit in numbers(code):
        text = Finding(code, value, limit).text
        known = [other for other, pattern in messages.expressions() if pattern.fullmatch(text)]
        assert known == [code], text
        line = messages.read_line(text)
        message = messages.messages()[code]
        assert (line.code, line.level, line.text) == (code, message.level, text)
        # What stands in the line makes the line again.
        template = re.sub(r"%\w*?[uxs]", "%s", message.form)
        assert template % line.printed == text


@pytest.mark.parametrize("number,code", list(enumerate(messages.messages(), 1)),
                         ids=messages.messages())
def test_a_message_is_worded_as_the_library_words_it(number, code):
    for value, limit in numbers(code):
        expected = library.message(number, value, limit)
        assert messages.PREFIX + Finding(code, value, limit).text + "\n" == expected


def test_the_library_has_no_more_messages():
    assert library.message(len(messages.messages()) + 1, 0, 0) == ""
    assert library.message(0, 0, 0) == ""


def test_switches_are_called_as_the_library_calls_them():
    assert [library.IGD.igd_switch_name(number).decode()
            for number in range(len(messages.SWITCHES))] == list(messages.SWITCHES)


# The kinds of arguments, one after the other.
@pytest.mark.parametrize("finding,text,printed", [
    (Finding("IGD_WARN_VBT_MISSING"),
     "warning: the OpRegion has no VBT; check the host's OpRegion", ()),
    (Finding("IGD_ERR_OPREGION_BYTES", 4096, 8192),
     "error: OpRegion refused: it has 4096 bytes, must have at least 8192; check the host's "
     "OpRegion", ("4096", "8192")),
    (Finding("IGD_WARN_RVDA", 0x17A5F8000, 8192),
     "warning: RVDA 0x17a5f8000 is outside of the OpRegion's 8192 bytes: cleared; the host needs "
     "Linux 5.16+", ("17a5f8000", "8192")),
    (Finding("IGD_ERR_OPREGION_ROOM", 1 << 20, 192 << 10),
     "error: no room for the OpRegion: it needs 1024 KiB, there are 192 KiB; raise -m",
     ("1024", "192")),
    (Finding("IGD_ERR_STOLEN_LIMIT", 4 << 30, 0xFFF00000),
     "error: stolen memory refused: 4096 MiB, must be at most 4095 MiB; lower x-igd-gms",
     ("4096", "4095")),
    (Finding("IGD_WARN_SECOND_DEVICE", 0x1A3),
     "warning: a second Intel display device, at 01:14.3, is left alone; assign one IGD with "
     "vfio-pci", ("01", "14", "3")),
    (Finding("IGD_ERR_ROM_MATCH", 65536, 0x102),
     "error: option ROM refused: none of its 65536 bytes is for 8086:0102; give another with "
     "romfile=", ("65536", "0102")),
    (Finding("IGD_ERR_VGA", 0x0A),
     "error: legacy VGA does not reach the IGD, these fail: bridge registers; use "
     "x-vga=on, make the IGD primary on the host", ("", " bridge", "", " registers", "")),
    (Finding("IGD_ERR_ROM_HANGS", 0xC0001A2B, 30),
     "error: the VBIOS did not return within 30 s, it was at c000:1a2b; give another with romfile=",
     ("30", "c000", "1a2b")),
    (Finding("IGD_WARN_SWITCH", 4, 0x10),
     "warning: opt/org.seabios/igd-5f40 ignored: must be 1 or 2 hex digits, at most 10; correct it",
     ("igd-5f40", "10")),
], ids=lambda value: value.code if isinstance(value, Finding) else "")
def test_a_finding_becomes_the_firmwares_line_and_back(finding, text, printed):
    assert finding.text == text
    assert messages.read_line(text) == (finding.code, text, printed)


def test_a_cause_is_the_line_without_its_cure():
    assert Finding("IGD_ERR_ROM_BYTES", 1024, 512).cause \
        == "error: option ROM refused: its image has 1024 bytes, there is room for 512"


def test_another_line_is_no_message():
    assert messages.read_line("error: something new; do something") is None


def test_a_format_with_an_unknown_conversion_is_refused():
    with pytest.raises(ValueError, match="%d"):
        messages.expression("%u and %d")


def test_every_message_is_explained_in_the_order_of_the_header():
    assert list(messages.explanations()) == list(messages.messages())


@pytest.mark.parametrize("code", messages.messages())
def test_an_explanation_has_whole_sentences(code):
    message, explanation = messages.messages()[code], messages.explanations()[code]
    for text in explanation:
        assert re.fullmatch(r"[A-Zd].*\.", text) and not re.search(r"[`\n]|\]\(|  ", text), text
    # What the firmware calls harmless needs nothing done, and the other way round.
    assert (message.cure == "harmless") == (explanation.cure == "None is needed.")

# SPDX-License-Identifier: LGPL-3.0-only
"""igd log knows every line that the firmware can write, and says what it means."""
# Copyright (C) 2026 The seabios-igd authors

import itertools
import re

import pytest

import library
from igd_host import log
from igd_host.texts import Finding, messages
from tool import ROOT, igd, igd_json

SOURCES = sorted((ROOT / "src/seabios").glob("*.c"))
# igd.h enum igd_fact.
WANTED, NO_STOLEN = 0x100, 0x200
BOOT = "SeaBIOS (version 1.17.0-seabios-igd)\nBUILD: gcc: (Debian) binutils: (Debian)\n"


def read(*lines):
    return log.read(BOOT + "".join(f"igd: {line}\n" for line in lines))


def shown_log():
    """The log that docs/firmware-interface.md shows."""
    text = (ROOT / "docs/firmware-interface.md").read_text()
    return re.findall(r"^    igd: (?!\+)(.*)", text, re.M)


@pytest.mark.parametrize("code", messages())
def test_every_message_of_the_firmware_is_known_and_explained(code):
    finding = Finding(code, 0x12345678, 0xABC)
    got = read(finding.text)
    assert not got.unknown
    # Numbers that a line does not have are 0.
    told = Finding(code, 0x12345678 if "12345678" in finding.text else 0,
                   0xABC if "0xabc" in finding.text else 0)
    assert got.found == [told]
    meaning, cure = log.EXPLANATIONS[code]
    assert meaning.endswith(".") and cure.endswith((".", "i915_opregion"))
    # What the firmware calls harmless needs nothing done, and the other way round.
    assert ("harmless" in finding.text) == (cure == "Nothing.")


def test_nothing_is_explained_that_the_firmware_does_not_say():
    assert list(log.EXPLANATIONS) == list(messages())


def formats():
    """The formats of all lines that the glue writes itself."""
    return [(path.name, text) for path in SOURCES
            for text in re.findall(r'igd_printf\("igd: ((?:[^"\\]|\\.)*?)\\n"', path.read_text())]


@pytest.mark.parametrize("file,text", formats(), ids=range(len(formats())))
def test_every_line_of_the_glue_is_known(file, text):
    for conversion, value in (("%s", "id"), ("%d", "9"), (r"\"", '"')):
        text = text.replace(conversion, value)
    text = re.sub(r"%0(\d)x", lambda width: "1234567890"[:int(width[1])], text)
    got = read(text.replace("%x", "1"))
    assert not got.unknown and len(got.status) == 1, file


def test_all_lines_of_the_glue_were_looked_at():
    written = sum(len(re.findall(r"\bigd_printf\(", path.read_text())) for path in SOURCES)
    assert len(formats()) == written == len(log.STATUS)


def test_every_row_of_the_table_is_read_as_it_was_made():
    # Conditions 1 to 6, which of 5 and 6 was tried, whether a VBIOS is wanted.
    for facts in range(0x200):
        rows = [library.table_row(row, facts) for row in range(7)]
        got = log.read(BOOT + "\n".join(rows))
        assert not got.unknown and len(got.conditions) == 6
        for row in got.conditions:
            assert (row.state == "ok") == bool(facts >> row.number - 1 & 1), rows
            assert (row.cure is not None) == (row.state == "missing"), rows
            if row.state == "not tried":
                assert row.number in (5, 6) and not facts >> row.number + 1 & 1
            assert ("VBIOS" in row.needed_by) == bool(facts & WANTED), rows


def test_what_was_found_beyond_the_conditions_is_read():
    for chosen in itertools.product((0, 1), repeat=5):
        facts = sum(bit << 10 + place for place, bit in enumerate(chosen))
        row = library.table_row(7, facts)
        got = log.read(BOOT + (row or ""))
        assert not got.unknown and len(got.beyond) == sum(chosen), row


def test_the_log_in_the_readme_is_known():
    got = read(*shown_log())
    assert len(shown_log()) > 10 and not got.unknown
    assert set(got.status) == set(log.STATUS)
    assert not log.troubles(got)


def test_log_says_what_was_done_and_what_is_missing_for_whom(tmp_path):
    path = tmp_path / "firmware.log"
    lines = [line for line in shown_log() if not re.match("[25] ", line)]
    lines += ["2 host's LPC ids    missing    VBIOS; x-igd-lpc=on, -machine pc",
              "5 legacy VGA        not tried  VBIOS",
              "warning: VBT sum 0xc5, not 0x0; harmless"]
    path.write_text(BOOT + "".join(f"igd: {line}\n" for line in lines))
    out = igd("log", path, status=1)
    for line in ("  set up Coffee Lake (Gen9), 8086:3e92 class 0300 at 00:02.0",
                 "  reserved 64 MiB of stolen memory at 0x3c000000 (top of RAM); "
                 "BDSM [5ch] reads 0x3c000000",
                 "  put it at 0x3bffe000; ASLS points there",
                 "  2 host's LPC ids, needed by VBIOS",
                 "      QEMU: x-igd-lpc=on, -machine pc",
                 "      Most VBTs of real machines have a wrong sum.",
                 "Linux: has all that it needs of the firmware", "VBIOS: lacks 2"):
        assert line in out.splitlines(), out
    told = igd_json("log", path, status=1)
    assert told["missing_for"] == {"Linux": [], "Windows": [], "VBIOS": [2]}
    assert told["not_tried_for"]["VBIOS"] == [5]
    assert told["findings"][0]["code"] == "IGD_WARN_VBT_CHECKSUM"


def test_of_several_boots_the_last_one_is_told(tmp_path):
    path = tmp_path / "firmware.log"
    path.write_text(BOOT + "igd: error: etc/igd-* files, but no Intel display; assign one IGD "
                    "with vfio-pci\n" + BOOT + "".join(f"igd: {line}\n" for line in shown_log())
                    # To the screen SeaBIOS says its name again.
                    + "SeaBIOS (version 1.17.0-seabios-igd)\n")
    out = igd("log", path)
    assert out.startswith("2 boots; this is the last one\n") and "error" not in out, out


def test_a_line_that_is_not_known_is_shown(tmp_path):
    path = tmp_path / "firmware.log"
    path.write_text(BOOT + "igd: something new\n")
    assert "  something new" in igd("log", path).splitlines()


@pytest.mark.parametrize("text,expected", [("", "no log of SeaBIOS"), (BOOT, "stock SeaBIOS")],
                         ids=["no-log", "stock"])
def test_a_log_without_our_lines_is_exit_code_1_and_says_why(text, expected, tmp_path):
    path = tmp_path / "firmware.log"
    path.write_text(text)
    assert expected in igd("log", path, status=1)


def test_every_condition_has_its_libvirt_words_of_the_guide():
    guide = (ROOT / "docs/guide.md").read_text()
    table = guide.partition("| condition | QEMU | libvirt |\n")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([1-6]) \| .* \| (.*) \|$", table, re.M)
    assert len(rows) == 6
    for number, words in rows:
        value = re.search(r"<.*>|(?:bool|unsigned), \w+", words)
        assert value and value[0] in log.LIBVIRT[int(number)], (number, words)

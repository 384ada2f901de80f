# SPDX-License-Identifier: LGPL-3.0-only
"""igd log knows every line that the firmware can write, and says what it means."""
# Copyright (C) 2026 The seabios-igd authors

import itertools
import re

import pytest

import library
from igd_host import log
from igd_host.messages import beyond, conditions
from tool import ROOT, igd, igd_json

BOOT = "SeaBIOS (version 1.17.0-seabios-igd)\nBUILD: gcc: (Debian) binutils: (Debian)\n"


def read(*lines):
    return log.read(BOOT + "".join(f"igd: {line}\n" for line in lines))


def shown_log():
    """The log that docs/firmware-interface.md shows."""
    text = (ROOT / "docs/firmware-interface.md").read_text()
    return re.findall(r"^    igd: (?!\+|VBIOS cut off)(.*)", text, re.M)


# The lines that src/seabios makes of IGD_SAYS_*, and what is read of each.
STATUS = {
    "device 00:02.0 8086:3e92 class 0300 Gen9 Coffee Lake":
        ("device", ("00", "02", "0", "3e92", "0300", "9", "Coffee Lake")),
    "stolen memory of 64 MiB at 0x3c000000-0x3fffffff RESERVED, BDSM[0x5c] 0x3c000000, top of RAM":
        ("stolen", ("64", "3c000000", "3fffffff", "5c", "3c000000", "top of RAM")),
    "OpRegion 2.1 of 8 KiB, mailboxes 0x1d": ("opregion", ("2", "1", "8", "1d")),
    'VBT "A "B" C" at 0x400, 4300 bytes': ("vbt", ('A "B" C', "400", "4300")),
    'VBT "" at 0x400, 48 bytes': ("vbt", ("", "400", "48")),
    "OpRegion at 0x3bffe000-0x3bffffff NVS, ASLS 0x3bffe000":
        ("asls", ("3bffe000", "3bffffff", "3bffe000")),
    "boot display": ("boot_display", ()),
    "option ROM of 65536 bytes from ROM BAR, accepted by id":
        ("rom", ("65536", "ROM BAR", "id")),
    "option ROM of 65536 bytes from romfile, accepted by class, though not in its list":
        ("rom", ("65536", "romfile", "class, though not in its list")),
    "option ROM has BDSM 0x7b800000, set to 0x3c000000": ("cache", ("7b800000", "3c000000")),
    "VBIOS cut off on S3 resume, it was at c000:1a2b": ("cut_off", ("c000", "1a2b")),
}


@pytest.mark.parametrize("line", STATUS)
def test_a_line_of_what_was_done_is_read(line):
    name, values = STATUS[line]
    got = read(line)
    assert got.status == {name: values} and not got.unknown


def test_a_line_of_what_was_done_is_known_for_each_that_there_is():
    assert {name for name, _ in STATUS.values()} == set(log.status_lines())


def test_every_row_of_the_table_is_read_as_the_library_prints_it():
    fields = [row.field for row in conditions()]
    for *known, wanted in itertools.product(*[range(3)] * 6, (0, 1)):
        text = library.report(**dict(zip(fields, known)), wants_vbios=wanted)
        got = log.read(BOOT + text)
        assert not got.unknown and [row.number for row in got.conditions] == [1, 2, 3, 4, 5, 6]
        for row, what in zip(got.conditions, known):
            needed = wanted or row.number in (1, 3, 4)
            assert row.state == ("ok" if what == library.YES else "not needed" if not needed else
                                 "missing" if what == library.NO else "not tried"), text
            assert (row.cure is not None) == (row.state == "missing"), text
            assert ("VBIOS" in row.needed_by) == bool(wanted), text
        assert not got.beyond


def test_what_was_found_beyond_the_conditions_is_read():
    for chosen in itertools.product((0, 1), repeat=6):
        text = library.report(**dict(zip(beyond(), chosen)))
        got = log.read(BOOT + text)
        assert not got.unknown, text
        assert got.beyond == list(itertools.compress(beyond().values(), chosen)), text


def test_the_log_in_the_readme_is_known():
    got = read(*shown_log())
    assert len(shown_log()) > 10 and not got.unknown
    assert set(got.status) == set(log.status_lines()) - {"cut_off"}
    assert not log.troubles(got)
    assert log.troubles(read(*shown_log(), "VBIOS cut off on S3 resume, it was at c000:1a2b"))


def test_log_says_what_was_done_and_what_is_missing_for_whom(tmp_path):
    path = tmp_path / "firmware.log"
    lines = [line for line in shown_log() if not re.match("[25] ", line)]
    lines += ["2 host's LPC ids    missing    VBIOS; x-igd-lpc=on, -machine pc",
              "5 legacy VGA        not tried  VBIOS",
              "warning: the VBT's sum is 0xc5, must be 0; harmless",
              "note: no etc/igd-bdsm-size, GMS says 64 MiB of stolen memory; use QEMU 10.0+"]
    path.write_text(BOOT + "".join(f"igd: {line}\n" for line in lines))
    out = igd("log", path, status=1)
    for line in ("  set up Coffee Lake (Gen9), 8086:3e92 class 0300 at 00:02.0",
                 "  reserved 64 MiB of stolen memory at 0x3c000000 (top of RAM); "
                 "BDSM [5ch] reads 0x3c000000",
                 "  put it at 0x3bffe000; ASLS points there",
                 "  2 host's LPC ids, needed by VBIOS",
                 "      QEMU: x-igd-lpc=on, -machine pc",
                 "  found no BDSM saved in the VBIOS, and set it to 0x3c000000",
                 "  warning: the VBT's sum is 0xc5, must be 0; harmless",
                 "      symptom: If the message says more than 0 MiB, nobody notices: the firmware "
                 "takes the",
                 "Windows: has all that it needs of the firmware",
                 "Linux: has all that it needs of the firmware", "VBIOS: lacks 2"):
        assert line in out.splitlines(), out
    told = igd_json("log", path, status=1)
    assert told["missing_for"] == {"Linux": [], "Windows": [], "VBIOS": [2]}
    assert told["not_tried_for"]["VBIOS"] == [5]
    assert [row["code"] for row in told["findings"]] \
        == ["IGD_WARN_VBT_CHECKSUM", "IGD_NOTE_NO_STOLEN"]
    assert told["findings"][0] == {
        "code": "IGD_WARN_VBT_CHECKSUM", "level": "warning",
        "text": "warning: the VBT's sum is 0xc5, must be 0; harmless", "symptom": "None.",
        "meaning": "Most VBTs of real machines have a wrong sum (more than half of those that "
                   "coreboot has collected).", "cure": "None is needed."}
    # Of what is harmless there is nothing to say but the cause.
    assert not re.search("symptom: None|cure: None", out)


NOBODY = {"Linux": [], "Windows": [], "VBIOS": []}


# What a line takes from whom; 0x3c000000 is where the shown log has stolen memory.
@pytest.mark.parametrize("line,cause,whom", [
    ("warning: GMS says 0 MiB of stolen memory, QEMU 64 MiB: Windows' driver fails; set "
     "x-igd-gms=2",
     "GMS says 0 MiB of stolen memory, QEMU 64 MiB: Windows' driver fails", ("Windows",)),
    ("note: no etc/igd-bdsm-size, GMS says 0 MiB of stolen memory; use QEMU 10.0+",
     "no etc/igd-bdsm-size, GMS says 0 MiB of stolen memory", ("Windows",)),
    ("note: no etc/igd-bdsm-size, GMS says 32 MiB of stolen memory; use QEMU 10.0+", "", ()),
    ("note: etc/igd-bdsm-size is 0, GMS says 0 MiB of stolen memory; set x-igd-gms=2",
     "etc/igd-bdsm-size is 0, GMS says 0 MiB of stolen memory", ("Windows",)),
    ("note: etc/igd-bdsm-size is 0, GMS says 64 MiB of stolen memory; set x-igd-gms=2", "", ()),
    ("warning: BDSM keeps 0x7b800001, drivers look there: stolen memory is at 0x3c000000; "
     "use QEMU 10.0+", "BDSM keeps 0x7b800001, drivers look there: stolen memory is at "
     "0x3c000000", ("Linux", "Windows")),
    ("warning: BDSM keeps 0x3c000001, drivers look there: stolen memory is at 0x3c000000; "
     "use QEMU 10.0+", "", ()),
    ("warning: GMS says 64 MiB of stolen memory, QEMU 32 MiB: drivers use more than is theirs; "
     "x-igd-gms sets both", "GMS says 64 MiB of stolen memory, QEMU 32 MiB: drivers use more than "
     "is theirs", ("Linux", "Windows")),
    ("error: the VBIOS did not return within 30 s, it was at c000:1a2b; give another with romfile=",
     "the VBIOS did not return within 30 s, it was at c000:1a2b", ("VBIOS",)),
    ("warning: nothing is at 00:1f.2: some VBIOSes of Gen9 hang; put ich9-ahci there", "", ())])
def test_what_takes_from_somebody_what_it_needs_is_in_the_verdict(line, cause, whom, tmp_path):
    path = tmp_path / "firmware.log"
    path.write_text(BOOT + "".join(f"igd: {text}\n" for text in (*shown_log(), line)))
    told = igd_json("log", path, status=int(bool(whom)))
    assert told["missing_for"] == NOBODY
    assert told["spoiled_for"] == NOBODY | {who: [cause] for who in whom}
    out = igd("log", path, status=int(bool(whom))).splitlines()
    for who in NOBODY:
        assert f"{who}: {cause if who in whom else 'has all that it needs of the firmware'}" in out


def test_windows_wants_the_hosts_address_from_gen12_on():
    cause = "the host's stolen memory is not known, STOLEN_RESERVED 0x0"
    for name, expected in (("9a49 class 0300 Gen12 Tiger Lake", [cause]),
                           ("8a52 class 0300 Gen11 Ice Lake", [])):
        got = read(f"device 00:02.0 8086:{name}", f"note: {cause}; etc/igd-stolen-base tells it",
                   "3 address 00:02.0   ok         Windows")
        assert not got.unknown and log.spoiled(got) == {"Windows": expected}


def test_of_several_boots_the_last_one_is_told(tmp_path):
    path = tmp_path / "firmware.log"
    path.write_text(BOOT + "igd: error: there are files etc/igd-*, but no Intel display device; "
                    "assign one IGD with vfio-pci\n" + BOOT
                    + "".join(f"igd: {line}\n" for line in shown_log())
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

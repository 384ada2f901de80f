# SPDX-License-Identifier: LGPL-3.0-only
"""Resets machines a hundred times, and wakes them from S3 as often: each time the registers, the
memory map and all that firmware and VBIOS say are the same, and in the end nothing has leaked."""
# Copyright (C) 2026 The seabios-igd authors

import difflib
import re
import struct

import pytest

from expectations import EXPECTATIONS, nothing_else_is_written, written
from memory_maps import memory_map_is_sane
from rows import TABLE

ROWS = {row.name: row for row in TABLE}
# The first one is in QEMU's legacy mode. The last one has stolen memory where the host has it, in
# the middle of RAM.
MACHINES = {"pc-vbios": ROWS["gtt-legacy-s3"], "pc-gen12": ROWS["s3-gen12-pc"],
            "q35-vbios": ROWS["s3-vbios-q35"], "q35-gen12": ROWS["place-register-s3-q35"]}
# How a guest asks to be reset, a port and a value (guest/reset.S); how often; and who. Each way is
# gone on pc and q35, and with a VBIOS on one of them.
WAYS = {
    # What pvpanic calls "crash loaded": machine.answer() has the monitor reset the machine.
    "monitor": (0x505, 2, 100, "pc-vbios", "q35-gen12"),
    "port-cf9": (0xCF9, 6, 100, "q35-gen12", "pc-vbios"),
    "keyboard-controller": (0x64, 0xFE, 100, "q35-vbios", "pc-gen12"),
    # To F000:FFF0, as DOS does on Ctrl-Alt-Del. In QEMU 7.2 the others come by there as well.
    "jump": (0, 0, 10, "pc-gen12", "q35-vbios"),
}
# How often the second machine of each way in make check; make check-resets has it as the first one.
FEW = 10
WAKES = 100


def boots(log):
    """[(number, text)] of the boots that got to the guest's report: the number that it printed,
    and the log from the firmware's first line to there.

    There may be others. QEMU 7.2 leaves the firmware's RAM in place of its ROM, so that SeaBIOS
    finds after a reset that it has run, puts the ROM back and resets again, by port CF9h and next
    by a triple fault. Where QEMU comes to take that for one more, it cuts a boot short."""
    pieces = re.split(r"(?=SeaBIOS \(version [^\n]*\nBUILD: )", log)
    found = [re.match(r"(.*)^guest: boot (\w\w)$", piece, re.M | re.S) for piece in pieces]
    return [(int(match[2], 16), match[1]) for match in found if match]


def wakes(log):
    """The log of each wake from S3, from the firmware's first line to the guest's last."""
    pieces = re.split(r"^(?=In resume \(status=254\)$)", log, flags=re.M)[1:]
    return [piece.partition("\nguest: ")[0] for piece in pieces]


def all_are(expected, texts):
    """Asserts that each of texts, {whose: text}, is the expected one, but for time stamps."""
    def lines(text):
        return re.sub(r"(?<=: tsc )\w{16}$", "", text, flags=re.M).split("\n")

    for whose, text in texts.items():
        difference = list(difflib.unified_diff(lines(expected), lines(text), "expected",
                                               f"{whose} got", n=0, lineterm=""))
        if difference:
            pytest.fail("\n".join(difference))


def left_behind(result):
    """What the device holds in the end, and shows, a line each."""
    lines = [f"{what}: {result.report[what]}"
             for what in ("asls", "bdsm", "bdsm64", "opregion", "stolen", "gtt")]
    return "\n".join(lines + [f"dma: {mapping}" for mapping in result.report["dma"]]
                     + [result.screen])


def run(out, name, case, label, **changes):
    """What a machine leaves behind whose guest got to its end."""
    row, folder = MACHINES[name], out / "machines" / f"again-{case}-{label}"
    # With threads, chance decides which of disk and keyboard comes first, in memory too.
    # TCG keeps little of what it has translated: SeaBIOS copies itself over its code of the boot
    # before, and each byte would be looked up in that. It takes half as long again with the rest.
    result = row.boot(out, out / f"build/igd-{row.firmware}/bios.bin", folder, timeout=300,
                      accel="tcg,tb-size=1",
                      extra=["-fw_cfg", "name=etc/threads,file={folder}/zeros"], **changes)
    assert result.guest_done, f"no sign of the guest (status {result.status})"
    return result


def is_right(name, result, but=()):
    """Asserts what the table says of a machine."""
    row = MACHINES[name]
    memory_map_is_sane(result)
    nothing_else_is_written(result)
    for expectation in row.expect.split():
        if expectation not in but:
            EXPECTATIONS[expectation](row, result)


def boots_as_when_new(way, name, times, out):
    """Asserts that each boot of a machine that is reset so often in this way is as the first."""
    port, value = WAYS[way][:2]
    once, often = (run(out, name, f"{way}-{name}", label, guest="reset",
                       orders=struct.pack("<BHB", resets, port, value))
                   for label, resets in (("once", 0), ("often", times)))
    is_right(name, once, but=("woken", "vbios-twice"))
    (_, expected), = boots(once.log)
    numbers = [number for number, _ in boots(often.log)]
    assert numbers == list(range(times + 1)), f"expected {times + 1} boots, got {numbers}"
    by_monitor = often.resets.count("host-qmp-system-reset")
    assert by_monitor == (times if way == "monitor" else 0), f"the monitor reset {by_monitor} times"
    all_are(expected, {f"boot {number}": text for number, text in boots(often.log)})
    # A boot that was cut short may have come to write some of them.
    (values,), sets = written(once), written(often)
    for got in sets:
        assert got.items() <= values.items(), f"expected {values} to be written, got {got}"
    assert sets.count(values) > times, f"written {sets.count(values)} times in {times + 1} boots"
    all_are(left_behind(once), {"the device": left_behind(often)})
    is_right(name, often, but=("woken", "vbios-twice"))


@pytest.mark.parametrize("way, name, times", [
    pytest.param(way, name, min(times, most), id=f"{way}-{name}")
    for way, (_, _, times, *names) in WAYS.items() for name, most in zip(names, (times, FEW))])
def test_a_machine_boots_after_each_reset_as_when_new(way, name, times, out):
    boots_as_when_new(way, name, times, out)


@pytest.mark.parametrize("way, name, times", [
    pytest.param(way, second, times, id=f"{way}-{second}")
    for way, (_, _, times, _, second) in WAYS.items() if times > FEW])
def test_the_second_machine_of_a_way_does_so_as_often_as_the_first(way, name, times, out):
    boots_as_when_new(way, name, times, out)


@pytest.mark.parametrize("name", MACHINES, ids="s3-{}".format)
def test_a_machine_wakes_each_time_as_the_first_time(name, out):
    once, often = (run(out, name, f"s3-{name}", label, orders=bytes([sleeps - 1]))
                   for label, sleeps in (("once", 1), ("often", WAKES)))
    is_right(name, once)
    (expected,), texts = wakes(once.log), wakes(often.log)
    assert len(texts) == WAKES, f"expected {WAKES} wakes, got {len(texts)}"
    all_are(expected, {f"wake {number}": text for number, text in enumerate(texts, 1)})
    all_are(left_behind(once), {"the device": left_behind(often)})
    is_right(name, often)

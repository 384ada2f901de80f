# SPDX-License-Identifier: LGPL-3.0-only
"""igd rom finds and mends what the firmware's library finds and mends; igd dump-vbios reads what
the kernel gives."""
# Copyright (C) 2026 The seabios-igd authors

import io
import random

import pytest

import library
from hosts import bare
from igd_host import cli, host, rom
from make_inputs import image, roms
from opregion import vbt
from tool import damage, igd, igd_json

ROMS = dict(roms())
# An image with EFI's code behind it, as desktop boards have it.
ROMS["with-efi"] = image(last=False) + image(code_type=3)
DEVICES = ((0x3E92, 0x0300), (0x3E91, 0x0300), (0xA780, 0x0380))
# Where a changed byte changes what is said; as in igd_rom_fuzz.c.
TELLING = [*range(8), 0x18, 0x19, *range(0x40, 0x58), *range(0x60, 0x64), *range(0x80, 0x93)]


def compare(data):
    for device, class_code in DEVICES:
        found = []
        got, match = rom.find(data, device, found, class_code)
        expected, reason, expected_found = library.find_rom(data, device, class_code)
        assert found == expected_found
        assert (got and (got.offset, got.bytes), match) == (expected, reason)
        if got:
            compare_mended(data[got.offset:got.offset + got.bytes])
    if len(data) >= 512:
        compare_mended(data[:len(data) & ~511])


def compare_mended(data):
    found = []
    got = rom.mend(data, 0x3BF00000, found)
    expected, expected_found = library.mend_rom(data, 0x3BF00000)
    assert found == expected_found
    assert got == expected
    assert rom.cache_offset(data) == library.cache_offset(data)


@pytest.mark.parametrize("name", ROMS)
def test_an_option_rom_is_found_and_mended_as_the_firmware_does_it(name):
    compare(ROMS[name])


@pytest.mark.parametrize("name", ROMS)
def test_a_damaged_option_rom_is_found_and_mended_as_the_firmware_does_it(name):
    chance = random.Random(name)
    for _ in range(200):
        data = bytearray(ROMS[name])
        damage(data, chance, TELLING, (0, 1, 2, 0x40, 0x80, 0xFF))
        compare(bytes(data))


@pytest.mark.parametrize("helper", [0x80, 0x1A0, 0x1EC, 0x1ED], ids=hex)
@pytest.mark.parametrize("cache", [0x16, 0x1A, 0x7C, 0x7D, 0x92, 0x93, 0x100, 0x1FB, 0x1FC],
                         ids=hex)
def test_the_saved_bdsm_is_where_the_firmware_finds_it(helper, cache):
    data = bytearray(image())
    data[helper:helper + 19] = b"\x66\x2e\x83\x3e" + cache.to_bytes(2, "little") \
        + b"\x00\x74\x07\x66\x2e\xa1" + cache.to_bytes(2, "little") + b"\xeb\x0f\xb8\x5e\x10"
    compare_mended(bytes(data[:512]))


def test_fix_writes_a_copy_without_saved_bdsm_and_with_a_right_sum(tmp_path):
    path, copy = tmp_path / "vbios.rom", tmp_path / "fixed.rom"
    data = bytearray(image(helpers=(0x80,), stale=0x7B800001))
    data[0x1F0] ^= 0x6A
    path.write_bytes(data)
    before = igd_json("rom", path)
    assert before["images"][0]["saved_bdsm"] == {"offset": 0x100, "value": 0x7B800001}
    assert before["images"][0]["checksum"] != 0
    out = igd("rom", path, "--fix", copy)
    assert "used       yes: BDSM 0x7b800001 is saved at 0x100" in out, out
    assert "QEMU 2.6 to 9.2, legacy mode: it must be the host's" in out, out
    assert f"mended copy: {copy}" in out, out
    after = igd_json("rom", copy)
    assert after["images"][0]["saved_bdsm"] is None and after["images"][0]["checksum"] == 0
    assert after["findings"] == []
    assert path.read_bytes() == data, "the original must stay as it is"


def test_fix_keeps_what_is_behind_the_image(tmp_path):
    path, copy = tmp_path / "vbios.rom", tmp_path / "fixed.rom"
    path.write_bytes(image(last=False)[:-1] + b"\x6a" + image(code_type=3))
    out = igd("rom", path, "--fix", copy)
    assert "EFI" in out and "SeaBIOS does not run it" in out, out
    assert copy.read_bytes()[512:] == path.read_bytes()[512:]
    assert sum(copy.read_bytes()[:512]) & 0xFF == 0


def test_rom_shows_whom_the_images_are_for(tmp_path):
    path = tmp_path / "vbios.rom"
    path.write_bytes(ROMS["by-list"])
    out = igd("rom", path, "--device", "3e92")
    assert "id         8086:3e90 class 0300" in out and "for        3e91 3e92" in out, out
    assert "(Coffee Lake)" in out, out
    assert "for device 3e92 the image at 0x0 is taken, by list" in out, out


def test_an_image_whose_list_lacks_the_device_is_another_familys(tmp_path):
    path = tmp_path / "vbios.rom"
    path.write_bytes(image(device=0x0406, ids=(0x1912, 0x1902)))
    out = igd("rom", path, "--device", "3e92")
    assert "taken, by class, though not in its list" in out, out
    assert "warning: the option ROM is another family's: its list lacks 8086:3e92;" in out, out
    # By itself it is for a device of its list, whatever its id is.
    assert "for device 1912 the image at 0x0 is taken, by list" in igd("rom", path)


def test_rom_shows_build_and_vbt_of_an_image(tmp_path):
    path, data = tmp_path / "vbios.rom", bytearray(image())
    data[0xA0:0xC4] = b"\0Build Number: 1014 PC 14.34  06/11\0"
    data[0x120:0x150] = vbt("COFFEELAKE", 48)
    path.write_bytes(data)
    told, = igd_json("rom", path)["images"]
    assert (told["build"], told["vbt"]) == ("1014 PC 14.34  06/11", "COFFEELAKE")
    out = igd("rom", path)
    assert "  build      1014 PC 14.34  06/11\n" in out and "  VBT        COFFEELAKE\n" in out, out
    path.write_bytes(image())
    told, = igd_json("rom", path)["images"]
    assert (told["build"], told["vbt"]) == (None, None)


def test_a_file_without_an_image_for_the_device_is_exit_code_1(tmp_path):
    path = tmp_path / "vbios.rom"
    path.write_bytes(ROMS["other-device"])
    assert "bytes is for 8086:3e92" in igd("rom", path, "--device", "3e92", status=1)


@pytest.mark.parametrize("name", ["no-signature", "no-pcir", "cut"])
def test_fix_writes_nothing_of_a_refused_file(name, tmp_path):
    path, copy = tmp_path / "vbios.rom", tmp_path / "fixed.rom"
    path.write_bytes(ROMS[name])
    assert "option ROM refused" in igd("rom", path, "--fix", copy, status=2)
    assert not copy.exists()


def fake_host(folder, content):
    device = folder / "sys/bus/pci/devices/0000:00:02.0"
    device.mkdir(parents=True)
    for name, text in (("vendor", "0x8086"), ("device", "0x3e92"), ("class", "0x030000")):
        (device / name).write_text(text + "\n")
    if content is not None:
        (device / "rom").write_bytes(content)


class KernelRom(io.BytesIO):
    """The file rom of a device in sysfs: it can be read only after it was opened by a 1, and a 0
    closes it if it is followed by a line's end (Linux pci-sysfs.c)."""
    opened = False

    def write(self, data):
        KernelRom.opened = data != b"0\n"

    def read(self, *_):
        if not self.opened:
            raise OSError(22, "Invalid argument")
        return super().read()


@pytest.fixture
def kernel(monkeypatch):
    """Gives the file rom of a live host a content. The rest is as it is on the disk."""
    def give(content):
        monkeypatch.setattr(host.Host, "recorded", property(lambda self: False, lambda *_: None),
                            raising=False)
        monkeypatch.setattr(host, "open", lambda path, *mode, **more: KernelRom(content)
                            if path.name == "rom" else open(path, *mode, **more), raising=False)
    return give


def test_dump_vbios_opens_the_rom_reads_it_and_closes_it(tmp_path, kernel, capsys):
    fake_host(tmp_path, b"")
    kernel(ROMS["by-id"])
    status = cli.main(["dump-vbios", str(tmp_path / "vbios.rom"), "--root", str(tmp_path)])
    out = capsys.readouterr().out
    assert status == 0 and not KernelRom.opened
    assert "for device 3e92 the image at 0x0 is taken, by id" in out, out
    assert (tmp_path / "vbios.rom").read_bytes() == ROMS["by-id"]


@pytest.mark.parametrize("content", [None, b""], ids=["no-file", "empty"])
def test_a_host_without_vbios_is_exit_code_2_and_says_why(content, tmp_path, kernel, capsys):
    fake_host(tmp_path, content)
    if content is not None:
        kernel(content)
    status = cli.main(["dump-vbios", str(tmp_path / "vbios.rom"), "--root", str(tmp_path)])
    out = capsys.readouterr().err
    assert status == 2 and "legacy BIOS" in out and out.count("\n") == 1, out
    assert not (tmp_path / "vbios.rom").exists()


def test_a_host_without_igd_is_exit_code_2(tmp_path):
    assert "no Intel display device" in igd("dump-vbios", tmp_path / "vbios.rom", "--root",
                                            bare(tmp_path), status=2)

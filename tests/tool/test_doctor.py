# SPDX-License-Identifier: LGPL-3.0-only
"""igd doctor judges six hosts, and each fault by itself."""
# Copyright (C) 2026 The seabios-igd authors

from dataclasses import replace

import pytest

from hosts import IGD, MACHINES, bare, build, fake_qemu
from igd_host.doctor import check_vbios, check_vtd
from igd_host.host import Facts, iommu_address_bits
from make_inputs import image
from opregion import opregion, vbt
from tool import doctor, igd, igd_json, run, states

# What is not "ok" on each host, under QEMU 10.0.
EXPECTED = {
    "sandy-bridge": {"driver": "missing", "vbios": "note"},
    "haswell": {"vfio-pci": "missing", "class": "warning", "vga": "warning", "vbios": "warning",
                "qemu": "missing"},
    "skylake": {"igfx_off": "missing", "group": "missing", "vfio-vga": "warning",
                "vbios": "warning", "width": "unknown"},
    "coffee-lake": {},
    "tiger-lake": {"vt-d": "missing", "iommu": "missing", "generation": "warning",
                   "driver": "missing", "group": "missing", "vga": "unknown",
                   "opregion": "unknown", "vbios": "warning", "stolen": "unknown",
                   "width": "unknown"},
    "raptor-lake": {"generation": "warning", "group": "missing", "class": "warning",
                    "vbios": "warning", "width": "note", "qemu": "missing"},
}
FAMILIES = {"sandy-bridge": "Sandy Bridge (Gen6)", "haswell": "Haswell (Gen7)",
            "skylake": "Skylake (Gen9)", "coffee-lake": "Coffee Lake (Gen9)",
            "tiger-lake": "Tiger Lake (Gen12)", "raptor-lake": "Raptor Lake (Gen12)"}
GOOD = MACHINES["coffee-lake"]
VBT = vbt("COFFEELAKE", 4300)
# As i915 shows an OpRegion whose VBT is elsewhere.
OUTSIDE = opregion(version=(2, 0), rvda=0x7A600000, rvds=len(VBT))


def examine(machine, folder, qemu="10.0"):
    """({check: its JSON}, {wish: obstacles}) of igd doctor on a Machine."""
    return doctor(build(machine, folder / "root"),
                  fake_qemu(folder, qemu) if qemu else folder / "none")


@pytest.mark.parametrize("name", MACHINES)
def test_each_host_is_judged_as_it_is(name, tmp_path):
    checks, _ = examine(MACHINES[name], tmp_path)
    assert states(checks) == EXPECTED[name]
    assert checks["device"]["found"] \
        == f"{FAMILIES[name]}, 8086:{MACHINES[name].device:04x} at 0000:00:02.0"


@pytest.mark.parametrize("name", MACHINES)
def test_what_is_not_right_has_a_cure(name, tmp_path):
    checks, _ = examine(MACHINES[name], tmp_path)
    assert not [check for check in checks.values() if check["state"] != "ok" and not check["cure"]]


def test_the_hosts_can_give_what_nothing_stands_in_the_way_of(tmp_path):
    got = {}
    for name, machine in MACHINES.items():
        (tmp_path / name).mkdir()
        _, got[name] = examine(machine, tmp_path / name)
    assert got["coffee-lake"] == {"legacy": [], "driver": [], "second": []}
    assert got["sandy-bridge"] == {wish: ["driver"] for wish in ("legacy", "driver", "second")}
    assert got["skylake"]["driver"] == ["igfx_off", "group"]
    assert got["skylake"]["legacy"] == ["igfx_off", "group", "vfio-vga", "vbios"]
    assert got["raptor-lake"]["second"] == ["group", "qemu"]


def test_without_root_the_wishes_are_not_known(tmp_path):
    root = build(replace(GOOD, readable=64), tmp_path / "root")
    told = igd_json("doctor", "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"))
    assert told["wishes"]["driver"]["unknown"] == ["opregion"]
    done = run("command", "driver", "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"))
    assert done.returncode == 0 and "note: not known: OpRegion" in done.stderr


# One fault each in a host that is right: what changes, which check tells it, and how.
FAULTS = {
    "no-dmar": ({"dmar": False, "iommu": False}, {"vt-d": "missing", "iommu": "missing",
                                                  "group": "missing", "width": "unknown"}),
    "iommu-off": ({"iommu": False, "parameters": "intel_iommu=off"},
                  {"iommu": "missing", "igfx_off": "missing", "group": "missing",
                   "width": "unknown"}),
    "all-iommus-off": ({"iommu": False, "parameters": "intel_iommu=on iommu=off"},
                       {"iommu": "missing", "igfx_off": "missing", "group": "missing",
                        "width": "unknown"}),
    "i915": ({"driver": "i915"}, {"driver": "missing"}),
    "no-driver": ({"driver": None}, {"driver": "missing"}),
    "no-igd-support": ({"config": "CONFIG_VFIO_PCI=m\nCONFIG_VFIO_PCI_VGA=y\n"},
                       {"vfio-pci": "missing"}),
    "no-vga-support": ({"config": "CONFIG_VFIO_PCI=m\nCONFIG_VFIO_PCI_IGD=y\n"},
                       {"vfio-vga": "warning"}),
    "no-kernel-config": ({"config": "", "disable_vga": None},
                         {"vfio-pci": "unknown", "vfio-vga": "unknown"}),
    "disable-vga": ({"disable_vga": "Y"}, {"vfio-vga": "warning"}),
    "vga-off": ({"ggc": GOOD.ggc | 2}, {"vga": "warning"}),
    "no-stolen": ({"ggc": 0x00C0}, {"stolen": "note"}),
    "no-asls": ({"asls": 0}, {"opregion": "missing"}),
    "asls-unread": ({"asls": 0xFFFFFFFF}, {"opregion": "missing"}),
    "no-vbt": ({"opregion": opregion()}, {"opregion": "warning"}),
    "vbt-elsewhere": ({"opregion": OUTSIDE}, {"opregion": "warning"}),
    "vbt-not-handed-out": ({"opregion": OUTSIDE, "vbt": VBT, "kernel": "5.15.0"},
                           {"opregion": "warning"}),
    "no-signature": ({"opregion": opregion(signature=bytes(16))}, {"opregion": "missing"}),
    "rom-of-another": ({"rom": image(device=0x1234, pci_class=0x0200)}, {"vbios": "warning"}),
    "rom-changed": ({"rom": image()[:-1] + b"\x6a"}, {"vbios": "note"}),
    "no-rom": ({"rom": None}, {"vbios": "warning"}),
    "narrow-iommu": ({"cpu_bits": 46}, {"width": "note"}),
    "not-root": ({"readable": 64}, {"vga": "unknown", "opregion": "unknown", "stolen": "unknown"}),
    "unknown-id": ({"device": 0xFFF0}, {"device": "warning", "generation": "warning",
                                        "qemu": "missing"}),
    "group-with-driver": ({"neighbours": (("0000:00:02.1", "i915"),)}, {"group": "missing"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_by_itself(fault, tmp_path):
    change, expected = FAULTS[fault]
    machine = replace(GOOD, **change)
    if "device" in change:
        machine = replace(machine, rom=image(device=machine.device))
    checks, _ = examine(machine, tmp_path)
    assert states(checks) == expected


RIGHT = {
    "group-with-vfio-pci": {"neighbours": (("0000:00:02.1", "vfio-pci"),)},
    "vbt-shown": {"opregion": opregion(VBT)},
    "vbt-elsewhere-shown": {"opregion": OUTSIDE, "vbt": VBT},
    "vbt-alone": {"vbt": VBT},
    "iommu-on-by-default": {"parameters": "quiet"},
    "bare-vfio": {"disable_vga": None},
    # The IGD shares its IOMMU with others, as in test_nested.py's machines.
    "igfx_off-in-vain": {"parameters": "intel_iommu=on,igfx_off"},
    "off-and-on-again": {"parameters": "intel_iommu=off intel_iommu=on"},
    # Linux 7.3, among the modules.
    "config-with-modules": {"kernel": "7.3.1"},
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_not_complained_of(name, tmp_path):
    checks, _ = examine(replace(GOOD, **RIGHT[name]), tmp_path)
    assert states(checks) == {}


def test_the_width_tells_the_limit_for_the_guests_addresses(tmp_path):
    checks, _ = examine(MACHINES["raptor-lake"], tmp_path)
    assert checks["width"]["found"] == "processor 46 bits, the IGD's IOMMU 39"
    assert "host-phys-bits-limit=39" in checks["width"]["cure"]


@pytest.mark.parametrize("unit,found", [
    ("dmar0", "the host's firmware has turned it on"),
    ("0000:00:03.0", "not needed: there is another IOMMU")], ids=["vt-d", "virtio"])
def test_another_iommu_is_not_called_vtd(unit, found):
    assert check_vtd(Facts(iommus=[unit])).found == found


@pytest.mark.parametrize("mgaw,sagaw,bits", [(39, 0x02, 39), (39, 0x06, 39), (48, 0x04, 48),
                                             (57, 0x0C, 57), (57, 0x04, 48), (36, 0x02, 36)])
def test_the_iommus_width_is_the_narrower_of_two(mgaw, sagaw, bits):
    assert iommu_address_bits(mgaw - 1 << 16 | sagaw << 8 | 0xFF << 24) == bits


@pytest.mark.parametrize("qemu,machine,state,words", [
    ("7.2", "coffee-lake", "warning", "legacy mode"),
    ("7.2", "coffee-lake", "warning", "does not emulate BDSM on q35"),
    ("10.0", "coffee-lake", "ok", "legacy mode"),
    ("11.1", "coffee-lake", "ok", "legacy mode"),
    ("11.1", "raptor-lake", "ok", "gives the OpRegion; VGA and LPC ids only if asked"),
    ("10.0", "raptor-lake", "missing", "gives no OpRegion to this device"),
    ("10.0", "skylake", "ok", "only if asked")], ids=range(7))
def test_the_qemu_is_told_for_what_it_does_by_itself(qemu, machine, state, words, tmp_path):
    checks, _ = examine(MACHINES[machine], tmp_path, qemu)
    assert checks["qemu"]["state"] == state and words in checks["qemu"]["found"]
    assert checks["qemu"]["found"].startswith(qemu)


def test_the_class_is_an_obstacle_for_the_vbios_alone(tmp_path):
    machine = replace(GOOD, class_code=0x0380, kernel="7.3.1", rom=image())
    _, wishes = examine(machine, tmp_path, "11.1")
    assert wishes == {"legacy": ["class"], "driver": [], "second": []}


def test_without_a_qemu_it_is_missing(tmp_path):
    checks, _ = examine(GOOD, tmp_path, None)
    assert states(checks) == {"qemu": "missing"}


def test_without_root_it_is_not_known_whether_there_is_a_vbios():
    denied = check_vbios(Facts(vbios_error=PermissionError(13, "Permission denied")))
    assert denied.state == "unknown" and "as root" in denied.cure
    none = check_vbios(Facts(vbios_error=OSError(5, "Input/output error")))
    assert none.state == "warning" and "Input/output error" in none.found


def test_of_two_igds_the_address_tells_which_is_meant(tmp_path):
    root = build(GOOD, tmp_path / "root")
    (root / "sys/bus/pci/devices/0000:00:02.1").symlink_to(IGD)
    for given, found in (([], IGD), (["--address", "00:02.1"], "0000:00:02.1")):
        told = igd_json("doctor", "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"), *given)
        device, = [check for check in told["checks"] if check["name"] == "device"]
        assert device["found"].endswith(f"at {found}")
    assert f"at 0000:00:03.0; there is one at {IGD}, 0000:00:02.1" in igd(
        "command", "legacy", "--root", root, "--address", "00:03.0", status=2)


def test_a_host_without_igd_is_told_so(tmp_path):
    root = build(GOOD, tmp_path / "root")
    (root / "sys/bus/pci/devices/0000:00:02.0/class").write_text("0x048000\n")
    told = igd_json("doctor", "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"), status=1)
    assert [check["name"] for check in told["checks"] if check["state"] == "missing"] == ["device"]


def test_an_empty_host_is_no_reason_to_stop(tmp_path):
    out = igd("doctor", "--root", bare(tmp_path), status=1)
    assert "missing  VT-d" in out and "missing  IGD" in out, out


def test_nothing_of_the_host_is_changed(tmp_path):
    root = build(MACHINES["sandy-bridge"], tmp_path / "root")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    igd("doctor", "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"), status=1)
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

# SPDX-License-Identifier: LGPL-3.0-only
"""What igd command and igd proxmox write starts a guest on the simulated IGD, with the firmware
and QEMU as they are, and fulfils the wish; what igd libvirt writes is valid and says the same."""
# Copyright (C) 2026 The seabios-igd authors

import json
import re
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from hosts import MACHINES, build, fake_qemu
from igd_host import doctor, families, qemu
from machine import EXIT_GUEST_DONE, QEMU, Machine, qemu_version
from opregion import opregion, vbt
from tool import igd, judges_environment, run
from vbios_rom import stand_in

OPREGION = opregion(vbt("MAILBOX4", 0x10CC))
GOOD = MACHINES["coffee-lake"]
IGD_ARGUMENT = "vfio-pci,host=0000:00:02.0,"
QEMU_NS = "{http://libvirt.org/schemas/domain/qemu/1.0}"
# (wish, device id, class); QEMU serves class 0380h and newer devices than Gen12 from 11.1 on.
CASES = [("legacy", 0x3E92, 0x0300), ("legacy", 0x0106, 0x0300), ("driver", 0x3E92, 0x0300),
         ("driver", 0x9A49, 0x0300), ("second", 0x3E92, 0x0300), ("second", 0x9A49, 0x0300)]
if qemu_version() >= (11, 1):
    CASES += [("driver", 0xA780, 0x0380), ("second", 0xA780, 0x0380), ("second", 0x7D55, 0x0300)]


def name(case):
    return "-".join((case[0], *(f"{number:04x}" for number in case[1:])))


def simulate(out, folder, device, class_code, rom, **sim):
    """Makes the simulated device in a folder; returns the environment in which QEMU finds it. The
    command line that comes with it is not used. sim: further keys of tests/sim/igd_sim.h."""
    return Machine(out=out, firmware=out / "build/igd-256k/bios.bin", device=device,
                   class_code=class_code, via="qemu", opregion=OPREGION,
                   rom=stand_in(out, device=device, device_list=(device,), lpc=0xA305) if rom
                   else None, sim=sim,
                   ).command(folder)[1]


def boot(out, folder, args, environment):
    """Runs QEMU until the guest ends it; returns what igd log says of the firmware's log."""
    args = args + ["-device", "isa-debug-exit,iobase=0xf4,iosize=1", "-drive",
                   f"file={out}/tests/guest/probe.img,format=raw,if=ide,snapshot=on"]
    (folder / "command").write_text(shlex.join(args) + "\n")
    done = subprocess.run(args, env=environment, capture_output=True, text=True, check=False,
                          timeout=120)
    assert done.returncode == EXIT_GUEST_DONE, f"{shlex.join(args)}\n{done.stderr}"
    return json.loads(run("log", folder / "firmware.log", "--json").stdout)


def at(element):
    """QEMU's address of what has an <address> in a domain."""
    address = element.find("address")
    return f"{address.get('slot')}.{address.get('function')}"


class Started:
    """A guest that was started as the tool wrote it: what the firmware's log says, by igd log,
    and what the serial line showed."""

    def __init__(self, out, case, writer):
        wish, device, class_code = case
        self.folder = out / "tool" / f"{writer}-{name(case)}"
        environment = simulate(out, self.folder, device, class_code, rom=True)
        root = self.folder / "host"
        shutil.rmtree(root, ignore_errors=True)
        build(replace(GOOD, device=device, class_code=class_code, kernel="7.3.1",
                      rom=(self.folder / "option.rom").read_bytes()), root)
        self.log, self.serial = self.folder / "firmware.log", self.folder / "serial.log"
        arguments = [writer, wish, "--root", root, "--qemu", QEMU, "--firmware",
                     out / "build/igd-256k/bios.bin", "--log", self.log, "--memory", 1024]
        make = {"command": self.of_command, "libvirt": self.of_libvirt,
                "proxmox": self.of_proxmox}[writer]
        self.told = boot(out, self.folder, make(arguments), environment)

    def here(self, text):
        """An argument for this machine: no KVM, no network, the simulated device."""
        return text.replace("accel=kvm", "accel=tcg").replace("mon:stdio", f"file:{self.serial}") \
            .replace("host=0000:00:02.0", f"sysfsdev={self.folder}/sysfs0")

    def of_command(self, arguments):
        done = run(*arguments, "--json")
        assert done.returncode in (0, 1), done.stderr
        args = json.loads(done.stdout)["arguments"]
        for option, value in (("-cpu", "host"), ("-vnc", "127.0.0.1:0")):
            if option in args:
                at = args.index(option)
                assert args[at + 1] == value
                args[at:at + 2] = [] if option == "-cpu" else ["-display", "none"]
        return [self.here(text) for text in args]

    def of_libvirt(self, arguments):
        """As libvirt makes a command line of such a domain, by our reading: JSON for its devices, a
        controller before the IGD, and last what qemu:commandline has."""
        root = ElementTree.fromstring(run(*arguments).stdout)
        args = [QEMU, "-machine", f"{root.find('os/type').get('machine')},accel=tcg", "-m",
                root.find("memory").text, "-bios", root.find("os/loader").text, "-nodefaults",
                "-vga", "none", "-display", "none"]
        devices = [{"driver": "isa-debugcon", "iobase": 0x402, "chardev": "log"}]
        for controller in root.findall("devices/controller"):
            assert controller.get("type") == "sata"
            devices.append({"driver": "ahci", "id": "sata0", "bus": "pci.0",
                            "addr": at(controller)})
        devices.append({"driver": "vfio-pci", "sysfsdev": f"{self.folder}/sysfs0",
                        "id": "hostdev0", "bus": "pci.0", "addr": at(root.find("devices/hostdev"))})
        for item in root.iter(f"{QEMU_NS}property"):
            devices[-1][item.get("name")] = {"bool": bool, "unsigned": int}[item.get("type")](
                item.get("value"))
        args += ["-chardev", f"file,id=log,path={self.log}"]
        for each in devices:
            args += ["-device", json.dumps(each)]
        return args + [item.get("value") for item in root.iter(f"{QEMU_NS}arg")]

    def of_proxmox(self, arguments):
        """As Proxmox VE's qemu-server makes a command line of such lines."""
        lines = dict(line.split(": ", 1) for line in run(*arguments).stdout.splitlines())
        host, *options = lines["hostpci0"].split(",")
        options = dict(option.split("=") for option in options)
        assert host == "0000:00:02.0" and lines["bios"] == "seabios" and lines["cpu"] == "host"
        args = [QEMU, "-nodefaults", "-no-user-config", "-display", "none", "-vga", "none",
                "-machine", f"{lines['machine']},accel=tcg", "-m", lines["memory"]]
        if lines["machine"] == "q35":
            args += ["-device", "i82801b11-bridge,id=pcidmi,bus=pcie.0,addr=1e.0",
                     "-device", "pci-bridge,id=pci.0,bus=pcidmi,addr=1.0,chassis_nr=1"]
        else:
            # qemu-server's get_usb_controllers(), before the IGD.
            args += ["-device", "piix3-usb-uhci,id=uhci,bus=pci.0,addr=0x1.0x2"]
        slot = "0x2" if options.get("legacy-igd") else "0x10"
        args += ["-device", self.here(f"vfio-pci,host={host},id=hostpci0,bus=pci.0,addr={slot}")
                 + (",rombar=0" if options.get("rombar") == "0" else "")]
        if lines["vga"] == "std":
            args += ["-device", "VGA,id=vga,bus=pcie.0,addr=0x1"]
        if lines.get("serial0") == "socket":
            args += ["-serial", f"file:{self.serial}"]
        return args + shlex.split(lines["args"])


STARTED = [("command", case) for case in CASES] + [("proxmox", case) for case in CASES[::2]] \
    + [("libvirt", case) for case in CASES[:2]]


@pytest.mark.parametrize("writer,case", STARTED, ids=[f"{w}-{name(c)}" for w, c in STARTED])
def test_the_guest_that_is_written_starts_and_has_what_was_wished_for(writer, case, out):
    wish, guest = case[0], Started(out, case, writer)
    told = guest.told
    assert not told["unknown"]
    errors = [row["text"] for row in told["findings"] if row["level"] == "error"]
    assert not errors, guest.folder
    done = " ".join(told["done"])
    assert 'with VBT "MAILBOX4"' in done and "ASLS points there" in done
    states = {row["number"]: row["state"] for row in told["conditions"]}
    assert states[1] == states[3] == "ok"
    if wish == "legacy":
        assert told["missing_for"] == {"Linux": [], "Windows": [], "VBIOS": []}, guest.folder
        assert told["not_tried_for"]["VBIOS"] == [] and "accepted by list" in done
        assert not any(told["spoiled_for"].values()), guest.folder
        # Where some VBIOSes of Gen9 look for the PM timer.
        assert "IGD_WARN_ROM_PM_TIMER" not in [row["code"] for row in told["findings"]]
        assert "SeaBIOS (version " in (guest.folder / "screen.txt").read_text()
    else:
        assert told["missing_for"] == {"Linux": [], "Windows": []}, guest.folder
        assert "option ROM" not in done and "boot display" not in done
    if wish == "driver":
        assert "SeaBIOS (version " in guest.serial.read_text(errors="replace")
    if wish == "second":
        # The emulated one: SeaBIOS runs its VGA BIOS.
        assert re.search("^Running option rom at c000", guest.log.read_text(), re.M)


def left_alone(out, machine, device, class_code, rom, options="", **sim):
    """{condition: state} of a guest whose IGD at 00:02.0 has no property but these."""
    folder = out / "tool" / "-".join(map(str, ("alone", machine, hex(device), hex(class_code), rom,
                                               *sim.values())))
    environment = simulate(out, folder, device, class_code, rom, **sim)
    args = [QEMU, "-machine", f"{machine},accel=tcg", "-m", "1G", "-nodefaults", "-vga", "none",
            "-display", "none", "-bios", out / "build/igd-256k/bios.bin", "-device",
            f"vfio-pci,sysfsdev={folder}/sysfs0,addr=2.0{options}", "-chardev",
            f"file,id=log,path={folder}/firmware.log", "-device",
            "isa-debugcon,iobase=0x402,chardev=log"]
    told = boot(out, folder, list(map(str, args)), environment)
    return {row["number"]: row["state"] for row in told["conditions"]}


# Device, class, whether there is a ROM, GGC with VGA on (8) or off (A).
ALONE = [(0x3E92, 0x0300, True, 0x0108), (0x0106, 0x0300, True, 0x0108),
         (0x9A49, 0x0300, True, 0x0108), (0x7D55, 0x0300, True, 0x0108),
         (0x3E92, 0x0380, True, 0x0108), (0x3E92, 0x0300, False, 0x0108),
         (0x3E92, 0x0300, True, 0x010A), (0x9A49, 0x0300, True, 0x010A)]


@pytest.mark.parametrize("device,class_code,rom,ggc", ALONE,
                         ids=lambda value: f"{value:04x}" if value > 1 else f"rom{value:d}")
def test_legacy_mode_is_where_the_tool_expects_it(device, class_code, rom, ggc, out):
    states = left_alone(out, "pc", device, class_code, rom, ggc=f"{ggc:#06x}")
    # Only legacy mode gives VGA and LPC ids unasked.
    assert (states[2] == "ok") == qemu.legacy_mode(
        qemu_version(), "pc", device, families.family(device), class_code, ggc == 0x0108, rom)


@pytest.mark.parametrize("device,class_code", [(0x3E92, 0x0300), (0x9A49, 0x0300),
                                               (0x7D55, 0x0300), (0xA780, 0x0380)],
                         ids=lambda value: f"{value:04x}")
def test_an_opregion_is_served_where_the_tool_expects_it(device, class_code, out):
    try:
        states = left_alone(out, "q35", device, class_code, False, ",x-igd-opregion=on")
    except AssertionError as error:
        # Some QEMUs refuse what they do not know.
        assert "vfio" in str(error)
        states = {1: "refused"}
    assert (states[1] == "ok") == qemu.serves_opregion(qemu_version(), device, class_code)


def domain(case, folder, *more, **changes):
    """(the XML that igd libvirt writes as text, the arguments that igd command writes)."""
    wish, device, class_code = case
    machine = replace(GOOD, device=device, class_code=class_code, kernel="7.3.1", **changes)
    root = build(machine, folder / "host")
    arguments = (wish, "--root", root, "--qemu", fake_qemu(folder, "11.1"), *more)
    text = run("libvirt", *arguments).stdout
    return text, json.loads(run("command", *arguments, "--json").stdout)["arguments"]


CHANGES = {"plain": {}, "wide": {"cpu_bits": 46}, "no-gms": {"ggc": 0x00C0}}
DOMAINS = [(case, "plain") for case in (*CASES[:6], ("second", 0xA780, 0x0380),
                                        ("driver", 0xA780, 0x0380))]
DOMAINS += [(CASES[0], "wide"), (CASES[0], "no-gms"), (CASES[3], "wide")]
DOMAIN_IDS = [f"{name(case)}-{change}" for case, change in DOMAINS]


@pytest.mark.parametrize("case,change", DOMAINS, ids=DOMAIN_IDS)
def test_the_domain_is_valid_for_libvirt(case, change, judges, tmp_path):
    path = tmp_path / "domain.xml"
    path.write_text(domain(case, tmp_path, **CHANGES[change])[0])
    # What virt-xml-validate does, with a schema that is not installed.
    done = subprocess.run([judges / "usr/bin/xmllint", "--noout", "--relaxng",
                           judges / "usr/share/libvirt/schemas/domain.rng", path],
                          capture_output=True, text=True, check=False,
                          env=judges_environment(judges))
    assert done.returncode == 0, f"{done.stderr}{path.read_text()}"


@pytest.mark.parametrize("case,change", DOMAINS, ids=DOMAIN_IDS)
def test_the_domain_says_what_the_command_line_says(case, change, tmp_path):
    text, args = domain(case, tmp_path, **CHANGES[change])
    root = ElementTree.fromstring(text)
    igd_argument = next(text for text in args if text.startswith(IGD_ARGUMENT))
    expected = dict(part.split("=") for part in igd_argument.removeprefix(IGD_ARGUMENT).split(","))
    got = {"addr": "2.0"}
    hostdev = root.find("devices/hostdev")
    assert hostdev.find("address").attrib == {
        "type": "pci", "domain": "0x0000", "bus": "0x00", "slot": "0x02", "function": "0x0"}
    for item in root.iter(f"{QEMU_NS}property"):
        value = {"bool": {"true": "on"}.get, "unsigned": int}[item.get("type")](item.get("value"))
        got[item.get("name")] = f"{value:#08x}" if item.get("name") == "x-pci-class-code" \
            else str(value)
    rom = hostdev.find("rom")
    if rom is not None and rom.get("bar") == "off":
        got["rombar"] = "0"
    assert got == expected
    machine = args[args.index("-machine") + 1].split(",")
    assert root.find("os/type").get("machine") == machine[0]
    off = [item.get("value") for item in root.iter(f"{QEMU_NS}arg")]
    assert ("graphics=off" in machine) == ("graphics=off" in off)
    ahci = [text for text in args if text.startswith("ich9-ahci,")]
    assert len(ahci) == (case[0] == "legacy" and families.family(case[1]).gen == 9)
    controllers = root.findall("devices/controller")
    assert [f"ich9-ahci,id=ahci,addr={int(at(each)[:4], 16):x}.2" for each in controllers] == ahci
    bridge = "vfio-pci-igd-lpc-bridge,addr=1f.0,multifunction=on"
    assert (bridge in args) == (bridge in off) == bool(ahci)
    bits = root.find("cpu/maxphysaddr")
    assert ("host-phys-bits-limit=39" in args[args.index("-cpu") + 1]) \
        == (bits is not None and bits.get("bits") == "39") == (change == "wide")
    assert root.find("os/loader").text == args[args.index("-bios") + 1]
    assert ("-vnc" in args) == (root.find("devices/graphics") is not None)


@pytest.mark.parametrize("writer,expected", [
    ("command", "romfile={folder}/my,,own.rom"), ("proxmox", "romfile=my,own.rom"),
    ("libvirt", '<rom file="{folder}/my,own.rom"/>')], ids=["command", "proxmox", "libvirt"])
def test_a_vbios_of_the_users_own_is_given_to_the_device(writer, expected, tmp_path):
    root = build(replace(GOOD, rom=None), tmp_path / "host")
    rom = tmp_path / "my,own.rom"
    rom.write_bytes(GOOD.rom)
    arguments = (writer, "legacy", "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"))
    assert expected.format(folder=tmp_path) in igd(*arguments, "--rom", rom)
    # Without it there is none: said, and exit code 1.
    done = run(*arguments)
    assert done.returncode == 1 and "in the way: VBIOS" in done.stderr


def test_a_rom_that_is_refused_is_in_the_way(tmp_path):
    root = build(GOOD, tmp_path / "host")
    done = run("command", "legacy", "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"), "--rom",
               __file__)
    assert done.returncode == 1 and "option ROM refused" in done.stderr


@pytest.mark.parametrize("qemu,expected", [
    ("7.2", "x-vga=on,x-igd-opregion=on,x-igd-gms=2"),
    ("10.0", "x-vga=on,x-igd-lpc=on,x-igd-opregion=on"),
    ("11.1", "x-vga=on,x-igd-lpc=on,x-igd-opregion=on")], ids=["7.2", "10.0", "11.1"])
def test_each_qemu_gets_the_properties_that_it_has(qemu, expected, tmp_path):
    root = build(GOOD, tmp_path / "host")
    out = igd("command", "legacy", "--root", root, "--qemu", fake_qemu(tmp_path, qemu))
    assert f"-device {IGD_ARGUMENT}addr=2.0,{expected} " in out, out


@pytest.mark.parametrize("device,expected", [(0x9A49, True), (0x7D55, False), (0x64A0, False)],
                         ids=["9a49", "7d55", "64a0"])
def test_a_device_that_qemu_does_not_know_is_given_no_stolen_memory(device, expected, tmp_path):
    # QEMU 11.1 says "x-igd-gms is not supported on this device".
    root = build(replace(GOOD, device=device, ggc=0x00C0), tmp_path / "host")
    out = run("command", "driver", "--root", root, "--qemu", fake_qemu(tmp_path, "11.1")).stdout
    assert ("x-igd-gms=2" in out) == expected, out


# The host's stolen memory, 64 MiB, ends at 2 GiB and at 2 GiB + 1 MiB. q35 has all RAM below 4 GiB
# up to 2815 MiB, and 2 GiB of more.
@pytest.mark.parametrize("base,memory,warned", [
    (0x7C000001, 2047, True), (0x7C000001, 2048, False), (0x7C000001, 4096, False),
    (0x7C100001, 2048, True), (0x7C100001, 2049, False), (0x7C100001, 2815, False),
    (0x7C100001, 2816, True), (0x107C000001, 1024, False)])
def test_a_gen12_whose_stolen_memory_cannot_be_the_hosts_is_told(base, memory, warned, tmp_path):
    machine = replace(GOOD, device=0x9A49, ggc=0x02C0, bdsm64=base)
    root = build(machine, tmp_path / "host")
    done = run("command", "driver", "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"),
               "--memory", memory, "--json")
    told = [note for note in json.loads(done.stdout)["notes"] if "stolen memory ends" in note]
    assert bool(told) == warned


@pytest.mark.parametrize("wish", doctor.WISHES)
def test_the_command_line_is_one_that_a_shell_reads_back(wish, tmp_path):
    root = build(GOOD, tmp_path / "host")
    arguments = ("command", wish, "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"),
                 "--firmware", tmp_path / "with space.bin")
    assert shlex.split(igd(*arguments).replace("\\\n", "")) \
        == json.loads(igd(*arguments, "--json"))["arguments"]


def test_what_stands_in_the_way_is_said_and_is_exit_code_1(tmp_path):
    root = build(MACHINES["skylake"], tmp_path / "host")
    done = run("command", "driver", "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"))
    assert done.returncode == 1 and re.search("^in the way: kernel parameters", done.stderr, re.M)
    assert IGD_ARGUMENT in done.stdout


@pytest.mark.parametrize("writer", ["command", "libvirt", "proxmox"])
def test_an_image_that_is_not_there_is_told(writer, tmp_path):
    image_file = tmp_path / "seabios.bin"
    arguments = (writer, "driver", "--root", build(GOOD, tmp_path / "host"), "--qemu",
                 fake_qemu(tmp_path, "10.0"), "--firmware", image_file)
    assert f"note: {image_file} is not there" in run(*arguments).stderr
    image_file.touch()
    assert run(*arguments).stderr == ""


def test_a_vbios_for_a_wish_without_one_is_exit_code_2(tmp_path):
    root = build(GOOD, tmp_path / "host")
    out = igd("libvirt", "driver", "--root", root, "--rom", __file__, status=2)
    assert "for the wish legacy alone" in out

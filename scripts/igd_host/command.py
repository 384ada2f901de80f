# SPDX-License-Identifier: LGPL-3.0-only
"""How to start a guest with the IGD: one plan, written for QEMU, libvirt and Proxmox VE."""
# Copyright (C) 2026 The seabios-igd authors
#
# Why each property: QEMU docs/igd-assign.txt. What libvirt has no element for goes to
# qemu:override (libvirt 8.2 and newer) and qemu:commandline. Proxmox VE's lines follow its manual
# (qm.conf) and QEMU's -set. What its qemu-server 9.2.6 makes of them was tried once,
# Proxmox VE itself was not.

from __future__ import annotations      # "X | None", before Python 3.10

import shlex
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from . import qemu
from .host import VGA

DEBUG_PORT = "isa-debugcon,iobase=0x402,chardev=igd-log"
# RAM below 4 GiB: all of it up to a limit, and above that a fixed part (QEMU hw/i386/pc_piix.c,
# pc_q35.c).
LOW_RAM_MB = {"pc": (3584, 3072), "q35": (2816, 2048)}
# In units of 32 MiB; what README's example has.
GMS_IF_UNKNOWN = 2
VGA_ADDRESS = "1.0"     # of the emulated one, on q35
# Some VBIOSes of Gen9 hang without a device at 00:1f.2. AHCI is what machines have there. QEMU puts
# a device at function 2 only if function 0, the LPC bridge, says that it is not alone. The bridge
# that QEMU makes with the IGD does not say so, but QEMU takes one that was made before.
LPC_BRIDGE, LPC_ADDRESS = "vfio-pci-igd-lpc-bridge", "1f.0"
AHCI, AHCI_ADDRESS = "ich9-ahci", "1f.2"
# In the order of creation on Proxmox VE the UHCI controller of a pc comes before the IGD, and what
# args has comes after it. So the UHCI controller becomes the LPC bridge.
PROXMOX_FIRST = "uhci"


@dataclass
class Plan:
    """A guest. properties: of the vfio-pci device, in order: True for on, a number or a text."""
    wish: str
    machine: str                # pc or q35
    host_address: str           # of the IGD on the host
    firmware: str
    memory_mb: int
    log: str                    # where the firmware's log goes
    properties: dict = field(default_factory=dict)
    rom_file: str | None = None
    rom_bar: bool = True
    ahci: bool = False          # a SATA controller at 00:1f.2, for VBIOSes of Gen9
    emulated_vga: bool = False
    serial: bool = False        # the screen is dark while SeaBIOS runs: its text on a serial line
    phys_bits: int | None = None    # the guest's addresses must not be wider
    notes: list = field(default_factory=list)       # what to know


def stolen_note(facts, plan):
    """From Gen11 on stolen memory should be where the host has it; that needs RAM there."""
    if facts.family.gen < 11 or not facts.bdsm or not facts.gms_mb or facts.bdsm_high:
        return []
    end_mb = (facts.bdsm >> 20) + facts.gms_mb
    most, part = LOW_RAM_MB[plan.machine]
    low_mb = plan.memory_mb if plan.memory_mb < most else part
    if end_mb <= low_mb:
        return []
    return [f"The host's stolen memory ends at {end_mb} MiB, the guest's RAM below 4 GiB at "
            f"{low_mb} MiB: Windows' drivers may stop with code 43. Up to {most - 1} MiB of "
            "memory are all below 4 GiB."]


def make(facts, wish, firmware, memory_mb, log, rom_file):
    """The Plan of a wish (doctor.WISHES) for a host's IGD. facts.qemu None: taken for 10.0."""
    igd, version = facts.igd, facts.qemu or qemu.SIZE
    legacy = wish == "legacy"
    # Only pc can have the host's LPC ids (x-igd-lpc).
    plan = Plan(wish, "pc" if legacy else "q35", igd.address, firmware, memory_mb, log,
                emulated_vga=wish == "second", serial=wish == "driver",
                rom_file=rom_file if legacy else None, rom_bar=legacy)
    if not facts.qemu:
        plan.notes.append("QEMU was not found; written for 10.0.")
    if legacy:
        plan.properties["x-vga"] = True
        plan.ahci = facts.family.gen == 9
        # Before 10.0 its legacy mode does that by itself.
        if version >= qemu.LPC:
            plan.properties["x-igd-lpc"] = True
    plan.properties["x-igd-opregion"] = True
    if igd.class_code != VGA and version >= qemu.CLASS_CODE:
        plan.properties["x-pci-class-code"] = 0x030000
    if (facts.gms_mb == 0 and qemu.knows(igd.device)) or (legacy and version < qemu.SIZE):
        plan.properties["x-igd-gms"] = GMS_IF_UNKNOWN
    if facts.cpu_bits and facts.iommu_bits and facts.cpu_bits > facts.iommu_bits:
        plan.phys_bits = facts.iommu_bits
    plan.notes += stolen_note(facts, plan)
    return plan


# --- QEMU -------------------------------------------------------------------------------------

def value_text(value):
    """A property's value on QEMU's command line."""
    if value is True:
        return "on"
    return f"{value:#08x}" if isinstance(value, int) and value > 0xFF else str(value)


def comma(text):
    """QEMU wants a comma in a value doubled."""
    return str(text).replace(",", ",,")


def device(plan):
    """The argument of -device for the IGD."""
    parts = [f"vfio-pci,host={plan.host_address},addr=2.0"]
    parts += [f"{name}={value_text(value)}" for name, value in plan.properties.items()]
    if plan.rom_file:
        parts.append(f"romfile={comma(plan.rom_file)}")
    if not plan.rom_bar:
        parts.append("rombar=0")
    return ",".join(parts)


LPC_DEVICE = ("-device", f"{LPC_BRIDGE},addr={LPC_ADDRESS},multifunction=on")
AHCI_DEVICE = ("-device", f"{AHCI},id=ahci,addr={AHCI_ADDRESS}")


def log_arguments(plan):
    return [("-chardev", f"file,id=igd-log,path={comma(plan.log)}"), ("-device", DEBUG_PORT)]


def qemu_arguments(plan, program):
    """[(option, value, ...)], the program first."""
    cpu = "host"
    if plan.phys_bits:
        cpu += f",host-phys-bits=on,host-phys-bits-limit={plan.phys_bits}"
    graphics = ",graphics=off" if plan.serial else ""
    arguments = [(program,), ("-machine", f"{plan.machine},accel=kvm{graphics}"), ("-cpu", cpu),
                 ("-m", f"{plan.memory_mb}M"), ("-bios", plan.firmware), ("-nodefaults",),
                 ("-vga", "none")]
    if plan.emulated_vga:
        arguments += [("-device", f"VGA,addr={VGA_ADDRESS}"), ("-vnc", "127.0.0.1:0")]
    else:
        arguments.append(("-display", "none"))
    if plan.serial:
        arguments.append(("-serial", "mon:stdio"))
    if plan.ahci:
        arguments += [LPC_DEVICE, AHCI_DEVICE]
    return arguments + [("-device", device(plan))] + log_arguments(plan)


def as_command(plan, program):
    """A shell command, an option a line."""
    return " \\\n    ".join(shlex.join(argument) for argument in qemu_arguments(plan, program))


# --- libvirt ----------------------------------------------------------------------------------

def pci_address(address):
    """libvirt's attributes of an address like 0000:00:02.0."""
    domain, bus, slot = address.split(":")
    slot, function = slot.split(".")
    return f"domain='0x{domain}' bus='0x{bus}' slot='0x{slot}' function='0x{function}'"


def property_xml(name, value):
    kind, text = ("bool", "true") if value is True else ("unsigned", value)
    return f"        <qemu:property name='{name}' type='{kind}' value='{text}'/>"


def as_libvirt(plan):
    """A <domain>; disks and networks are to be added."""
    cpu = ["  <cpu mode='host-passthrough'/>"]
    if plan.phys_bits:
        cpu = ["  <cpu mode='host-passthrough'>",
               f"    <maxphysaddr mode='emulate' bits='{plan.phys_bits}'/>", "  </cpu>"]
    rom = []
    if plan.rom_file:
        rom = [f"      <rom file={quoteattr(plan.rom_file)}/>"]
    elif not plan.rom_bar:
        rom = ["      <rom bar='off'/>"]
    # On q35 libvirt puts the emulated one at slot 1 itself.
    screen = ["    <graphics type='vnc' autoport='yes'/>",
              "    <video><model type='vga'/></video>"] if plan.emulated_vga \
        else ["    <video><model type='none'/></video>"]
    serial = ["    <serial type='pty'><target port='0'/></serial>"] if plan.serial else []
    ahci = ["    <controller type='sata' index='0'>",
            f"      <address type='pci' {pci_address('0000:00:' + AHCI_ADDRESS)}/>",
            "    </controller>"] if plan.ahci else []
    # What it has no word for. QEMU makes what is here before libvirt's own devices, as those are
    # JSON (QEMU 6.2 and newer).
    words = (["-machine", "graphics=off"] if plan.serial else []) \
        + (list(LPC_DEVICE) if plan.ahci else [])
    arguments = ["  <qemu:commandline>", *(f"    <qemu:arg value='{word}'/>" for word in words),
                 "  </qemu:commandline>"] if words else []
    return "\n".join([
        "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>",
        f"  <name>igd-{plan.wish}</name>",
        f"  <memory unit='MiB'>{plan.memory_mb}</memory>",
        "  <vcpu>2</vcpu>",
        "  <os>",
        f"    <type arch='x86_64' machine='{plan.machine}'>hvm</type>",
        f"    <loader readonly='yes' type='rom'>{escape(plan.firmware)}</loader>",
        "  </os>",
        "  <features><acpi/></features>",
        *cpu,
        "  <devices>",
        *ahci,
        *screen,
        *serial,
        "    <serial type='file'>",
        f"      <source path={quoteattr(plan.log)}/>",
        "      <target type='isa-debug' port='1'><model name='isa-debugcon'/></target>",
        "      <address type='isa' iobase='0x402'/>",
        "    </serial>",
        "    <hostdev mode='subsystem' type='pci' managed='yes'>",
        f"      <source><address {pci_address(plan.host_address)}/></source>",
        *rom,
        f"      <address type='pci' {pci_address('0000:00:02.0')}/>",
        "    </hostdev>",
        "  </devices>",
        *arguments,
        "  <qemu:override>",
        "    <qemu:device alias='hostdev0'>",
        "      <qemu:frontend>",
        *(property_xml(name, value) for name, value in plan.properties.items()),
        "      </qemu:frontend>",
        "    </qemu:device>",
        "  </qemu:override>",
        "</domain>"])


# --- Proxmox VE -------------------------------------------------------------------------------

def as_proxmox(plan):
    """Lines of /etc/pve/qemu-server/VMID.conf. A romfile is taken from /usr/share/kvm."""
    host = plan.host_address + (",legacy-igd=1" if plan.wish == "legacy" else "")
    if plan.rom_file:
        host += f",romfile={Path(plan.rom_file).name}"
    if not plan.rom_bar:
        host += ",rombar=0"
    settings = {f"device.hostpci0.{name}": value_text(value)
                for name, value in plan.properties.items()}
    if plan.machine == "q35":
        # Proxmox VE would put it behind a bridge.
        settings |= {"device.hostpci0.bus": "pcie.0", "device.hostpci0.addr": "2.0"}
    if plan.ahci:
        settings |= {f"device.{PROXMOX_FIRST}.driver": LPC_BRIDGE,
                     f"device.{PROXMOX_FIRST}.addr": LPC_ADDRESS,
                     f"device.{PROXMOX_FIRST}.multifunction": "on"}
    arguments = [("-bios", plan.firmware)] + ([("-machine", "graphics=off")] if plan.serial else [])
    arguments += [("-set", f"{name}={value}") for name, value in settings.items()]
    arguments += ([AHCI_DEVICE] if plan.ahci else []) + log_arguments(plan)
    lines = [f"args: {' '.join(shlex.join(argument) for argument in arguments)}",
             "bios: seabios",
             "cpu: host" + (f",phys-bits={plan.phys_bits}" if plan.phys_bits else ""),
             f"hostpci0: {host}",
             f"machine: {plan.machine}",
             f"memory: {plan.memory_mb}"]
    if plan.serial:
        lines.append("serial0: socket")
    if plan.ahci:
        lines.append("tablet: 0")   # it would be at the UHCI controller
    return "\n".join(lines + [f"vga: {'std' if plan.emulated_vga else 'none'}"])

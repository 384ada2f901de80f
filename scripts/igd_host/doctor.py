# SPDX-License-Identifier: LGPL-3.0-only
"""Judges whether a host can pass its IGD through: a check a fact, each with what mends it."""
# Copyright (C) 2026 The seabios-igd authors
#
# The six conditions of assignment: QEMU docs/igd-assign.txt.

import textwrap
from dataclasses import dataclass

from . import qemu, rom
from .host import VGA

OK, MISSING, WARNING, NOTE, UNKNOWN = "ok", "missing", "warning", "note", "unknown"
# GGC: the IGD does not claim legacy VGA (igd_regs.h IGD_GGC_VGA_DISABLE).
GGC_VGA_DISABLE = 0x2
ALL_ONES = 0xFFFFFFFF
# Whom a group may have beside the guest (Linux drivers/vfio/vfio_main.c, iommu's DMA ownership).
GROUP_DRIVERS = (None, "vfio-pci", "pcieport", "pci-stub")
# 6.12 was seen to offer no IGD regions for class 0380h, 7.3 offers them; none between was tried.
NO_REGIONS_FOR_0380 = (6, 13)
# From here on it hands out a VBT that is outside of the OpRegion (vfio_pci_igd.c).
RVDA_KERNEL = (5, 16)
AS_ROOT = "Run it as root: configuration space, VBIOS and i915's files are for root alone."
SETUP_PRIMARY = "In the host's setup, make the internal graphics the primary display."

# What a user may want: what that is, and the checks in which a warning is in its way, too.
WISHES = {
    "legacy": ("a VBIOS's text mode and the boot loader on the IGD's display",
               ("generation", "class", "vga", "vfio-vga", "vbios", "opregion")),
    "driver": ("the IGD as only display, dark until the guest's driver starts", ("opregion",)),
    "second": ("an emulated VGA for the boot, the IGD as further display for the guest's driver",
               ("opregion",)),
}


@dataclass
class Check:
    """What was looked at, what was found, and what mends it."""
    name: str
    title: str
    state: str          # ok, missing, warning, note, unknown
    found: str
    cure: str = ""


def check_vtd(facts):
    """VT-d itself, as the host's firmware tells."""
    if facts.dmar_table or any(name.startswith("dmar") for name in facts.iommus):
        return Check("vt-d", "VT-d", OK, "the host's firmware has turned it on")
    if facts.iommus:
        return Check("vt-d", "VT-d", OK, "not needed: there is another IOMMU")
    return Check("vt-d", "VT-d", MISSING, "there is no DMAR table in ACPI",
                 "Turn on VT-d in the host's setup (Intel Virtualization Technology for "
                 "Directed I/O)." + ("" if facts.vmx else " The processor says nothing of VT-x "
                                     "either: turn on both."))


def check_iommu(facts):
    if facts.iommus:
        return Check("iommu", "IOMMU", OK, " ".join(facts.iommus))
    return Check("iommu", "IOMMU", MISSING, "the kernel uses none",
                 "Start the kernel with intel_iommu=on.")


def check_igfx_off(facts):
    """Kernel parameters that keep the IOMMU from the IGD. Debian's intgpu_off, its default, does
    not: the IGD's addresses are then not translated until a guest has it."""
    given = [parameter for parameter in facts.parameters
             if parameter.partition("=")[0] in ("intel_iommu", "iommu")]
    options = [option for parameter in given for option in parameter.partition("=")[2].split(",")]
    wrong = [option for option in options if option in ("off", "igfx_off")]
    # A group is proof: igfx_off turns off an IOMMU that the IGD has alone, none that it shares, and
    # of on and off the last one counts.
    if wrong and not (facts.igd and facts.igd.iommu_group):
        return Check("igfx_off", "kernel parameters", MISSING, " ".join(given),
                     f"Remove {wrong[0]}: the IGD needs its IOMMU.")
    return Check("igfx_off", "kernel parameters", OK,
                 " ".join(given) or "nothing turns off the IGD's IOMMU")


def check_device(facts):
    igd, family = facts.igd, facts.family
    if not igd:
        return Check("device", "IGD", MISSING, "no Intel display device on the root bus",
                     "Turn on the internal graphics in the host's setup (IGD multi-monitor, if "
                     "there is another display), and check that the processor has one.")
    found = f"{family.name} (Gen{family.gen}), {igd.vendor:04x}:{igd.device:04x} at {igd.address}"
    if not family.known:
        return Check("device", "IGD", WARNING, f"unknown id {igd.device:04x} at {igd.address}; "
                     "the firmware takes it for the newest it knows", "Report the id.")
    return Check("device", "IGD", OK, found)


def check_generation(facts):
    """A VBIOS for a legacy BIOS: igd-assign's legacy mode is for Gen6 to Gen9."""
    if facts.family.gen <= 9:
        return Check("generation", "generation", OK, f"Gen{facts.family.gen} has VBIOSes")
    return Check("generation", "generation", WARNING,
                 f"for Gen{facts.family.gen} there are hardly any VBIOSes, only EFI's GOP",
                 "Let the guest's driver bring up the display; see the boot on an emulated VGA.")


def check_driver(facts):
    igd = facts.igd
    if igd.driver == "vfio-pci":
        return Check("driver", "driver", OK, "vfio-pci")
    return Check("driver", "driver", MISSING, f"{igd.driver or 'none'}, not vfio-pci",
                 f"Start the kernel with vfio-pci.ids={igd.vendor:04x}:{igd.device:04x} and load "
                 "vfio-pci before i915 and xe (softdep in /etc/modprobe.d). libvirt does it when "
                 "the guest starts: managed='yes'.")


def check_group(facts):
    group = facts.igd.iommu_group
    if group is None:
        return Check("group", "IOMMU group", MISSING, "none", "It comes with the IOMMU.")
    others = ", ".join(f"{address} ({driver or 'no driver'})"
                       for address, driver in facts.neighbours)
    if any(driver not in GROUP_DRIVERS for _, driver in facts.neighbours):
        return Check("group", "IOMMU group", MISSING, f"{group}, with {others}",
                     "Of a group the host's drivers must have none: bind these to vfio-pci, too.")
    return Check("group", "IOMMU group", OK, f"{group}, " + (f"with {others}" if others
                                                             else "the IGD alone"))


def check_vfio(facts):
    """The kernel's support for an IGD's OpRegion and bridges."""
    igd = facts.options.get("CONFIG_VFIO_PCI_IGD")
    vfio = facts.options.get("CONFIG_VFIO_PCI")
    if facts.options and not (vfio and igd):
        return Check("vfio-pci", "vfio-pci", MISSING, f"kernel {facts.kernel} has no "
                     f"{'CONFIG_VFIO_PCI_IGD' if vfio else 'CONFIG_VFIO_PCI'}",
                     "Use a kernel with it, as Debian's.")
    if not facts.options:
        return Check("vfio-pci", "vfio-pci", UNKNOWN, "the kernel's configuration is neither in "
                     "/boot nor in /lib/modules", "See that it has CONFIG_VFIO_PCI_IGD.")
    if facts.igd.class_code != VGA and facts.kernel_before(NO_REGIONS_FOR_0380):
        return Check("vfio-pci", "vfio-pci", MISSING, f"kernel {facts.kernel} hands out no "
                     f"OpRegion of a device of class {facts.igd.class_code:04x}",
                     SETUP_PRIMARY + " Or use a newer kernel: 7.3 does it, 6.12 does not.")
    return Check("vfio-pci", "vfio-pci", OK, "with IGD support"
                 + ("" if facts.vfio_loaded else "; not loaded yet"))


def check_vfio_vga(facts):
    """Whether vfio-pci hands out the legacy VGA ranges."""
    if facts.disable_vga == "Y":
        return Check("vfio-vga", "legacy VGA by vfio-pci", WARNING, "disable_vga is on",
                     "Remove disable_vga=1 from vfio-pci's options (/etc/modprobe.d).")
    if facts.options and facts.options.get("CONFIG_VFIO_PCI_VGA") != "y":
        return Check("vfio-vga", "legacy VGA by vfio-pci", WARNING,
                     "the kernel has no CONFIG_VFIO_PCI_VGA", "Use a kernel with it, as Debian's.")
    if facts.disable_vga is None and not facts.options:
        return Check("vfio-vga", "legacy VGA by vfio-pci", UNKNOWN, "vfio-pci is not loaded",
                     "modprobe vfio-pci, then look again.")
    return Check("vfio-vga", "legacy VGA by vfio-pci", OK, "handed out")


def check_class(facts):
    """Condition 4: a device of class 0380h is none that a VBIOS drives, and vfio-pci has no VGA
    ranges for it, whatever class the guest sees (Linux vfio_pci_is_vga)."""
    igd = facts.igd
    if igd.class_code == VGA:
        return Check("class", "class", OK, "0300, VGA")
    return Check("class", "class", WARNING, f"{igd.class_code:04x}: not the primary display, so no "
                 "VBIOS can drive it", SETUP_PRIMARY + " For Windows' driver QEMU 11.1's "
                 "x-pci-class-code=0x030000 will do.")


def check_vga(facts):
    """Condition 5, as far as the host decides it."""
    if facts.ggc is None:
        return Check("vga", "legacy VGA of the device", UNKNOWN, "GGC cannot be read", AS_ROOT)
    if facts.ggc & GGC_VGA_DISABLE:
        return Check("vga", "legacy VGA of the device", WARNING,
                     f"off (GGC {facts.ggc:#06x})", SETUP_PRIMARY)
    return Check("vga", "legacy VGA of the device", OK, f"on (GGC {facts.ggc:#06x})")


def check_opregion(facts):
    """Condition 1: with what ASLS points at, or with what i915 shows of it."""
    if facts.asls is None:
        return Check("opregion", "OpRegion", UNKNOWN, "ASLS cannot be read", AS_ROOT)
    if facts.asls in (0, ALL_ONES):
        return Check("opregion", "OpRegion", MISSING, f"ASLS is {facts.asls:#x}",
                     "Update the host's firmware, or turn its internal graphics on.")
    if facts.opregion is None:
        return Check("opregion", "OpRegion", OK, "ASLS points at one; its VBT can be seen while "
                     "i915 drives the device")
    region, table, found = facts.opregion
    errors = [finding.text for finding in found if finding.level == "error"]
    if errors:
        return Check("opregion", "OpRegion", MISSING, errors[0], "Update the host's firmware.")
    if not table:
        return Check("opregion", "OpRegion", WARNING, "no VBT: drivers guess the displays",
                     "Update the host's firmware.")
    if region and region.rvda and region.rvds and facts.kernel_before(RVDA_KERNEL):
        return Check("opregion", "OpRegion", WARNING, f'VBT "{table.name}" outside of it, which '
                     f"kernel {facts.kernel} does not hand out", "Use Linux 5.16 or newer.")
    return Check("opregion", "OpRegion", OK, f'VBT "{table.name}"')


def check_vbios(facts):
    """Condition 6."""
    cure = "Give it as a file, romfile=FILE. Hosts that start by UEFI have none in memory."
    report = facts.vbios
    if isinstance(facts.vbios_error, PermissionError):
        return Check("vbios", "VBIOS", UNKNOWN, "may not be read", AS_ROOT)
    if report is None:
        return Check("vbios", "VBIOS", WARNING, f"cannot be read ({facts.vbios_error.strerror})",
                     cure)
    if not report.match:
        return Check("vbios", "VBIOS", WARNING, report.found[-1].cause, cure)
    found = f"{report.image.bytes} bytes, by {report.match}"
    if report.match == rom.BY_FORCE:
        return Check("vbios", "VBIOS", NOTE, found + ": it is another family's", cure)
    if report.used or report.found:
        return Check("vbios", "VBIOS", NOTE, found + ", used by the host's POST",
                     "seabios-igd mends its copy. What other firmware needs depends on QEMU: "
                     "igd dump-vbios, then igd rom.")
    return Check("vbios", "VBIOS", OK, found)


def check_stolen(facts):
    if facts.ggc is None:
        return Check("stolen", "stolen memory", UNKNOWN, "GGC cannot be read", AS_ROOT)
    if not facts.gms_mb:
        return Check("stolen", "stolen memory", NOTE, "GMS says none",
                     "Set DVMT pre-allocated in the host's setup, or the guest's by x-igd-gms.")
    base = (facts.bdsm or 0) & 0xFFF00000 | (facts.bdsm_high or 0) << 32
    return Check("stolen", "stolen memory", OK, f"{facts.gms_mb} MiB (GMS, DVMT pre-allocated)"
                 + (f" at {base:#x}" if base else ""))


def check_width(facts):
    """An address that the IOMMU cannot translate is one that no guest must use."""
    if facts.cpu_bits is None or facts.iommu_bits is None:
        cure = "Only VT-d tells it. The guest's addresses are left as wide as the processor's." \
            if facts.igd.iommu_group else "It comes with the IOMMU."
        return Check("width", "address width", UNKNOWN, "the IOMMU's cannot be read", cure)
    found = f"processor {facts.cpu_bits} bits, the IGD's IOMMU {facts.iommu_bits}"
    if facts.cpu_bits > facts.iommu_bits:
        return Check("width", "address width", NOTE, found,
                     f"-cpu host,host-phys-bits=on,host-phys-bits-limit={facts.iommu_bits}; "
                     "igd command, libvirt and proxmox write it.")
    return Check("width", "address width", OK, found)


def check_qemu(facts):
    if not facts.qemu:
        return Check("qemu", "QEMU", MISSING, "not found, or it tells no version",
                     "Install it, qemu-system-x86, or name it: --qemu.")
    version = "%d.%d" % facts.qemu
    igd = facts.igd
    if not igd:
        return Check("qemu", "QEMU", OK, version)
    found = f"{version}: " + "; ".join(qemu.does_by_itself(
        facts.qemu, igd.device, facts.family, igd.class_code,
        not (facts.ggc or 0) & GGC_VGA_DISABLE, bool(facts.vbios and facts.vbios.match)))
    if not qemu.serves_opregion(facts.qemu, igd.device, igd.class_code):
        return Check("qemu", "QEMU", MISSING, found, "Use QEMU 11.1 or newer.")
    if facts.qemu < qemu.SIZE:
        return Check("qemu", "QEMU", WARNING, found, "Use QEMU 10.0 or newer.")
    return Check("qemu", "QEMU", OK, found)


GENERAL = (check_vtd, check_iommu, check_igfx_off, check_device)
OF_DEVICE = (check_generation, check_driver, check_group, check_vfio, check_vfio_vga, check_class,
             check_vga, check_opregion, check_vbios, check_stolen, check_width)


def examine(facts):
    """[Check], in the order in which to mend them."""
    checks = [check(facts) for check in GENERAL + (OF_DEVICE if facts.igd else ())]
    return checks + [check_qemu(facts)]


def obstacles(checks, wish):
    """Names of what stands in the way of a wish."""
    return [check.name for check in checks if check.state == MISSING
            or check.state == WARNING and check.name in WISHES[wish][1]]


def unknown(checks, wish):
    """Names of what could stand in its way, but is not known."""
    return [check.name for check in checks
            if check.state == UNKNOWN and check.name in WISHES[wish][1] + ("vfio-pci",)]


# --- what people and programs read ------------------------------------------------------------

def as_json(checks):
    """What igd doctor --json prints."""
    return {"checks": [vars(check) for check in checks],
            "wishes": {wish: {"about": about, "obstacles": obstacles(checks, wish),
                              "unknown": unknown(checks, wish)}
                       for wish, (about, _) in WISHES.items()}}


def as_text(checks, paint):
    lines = []
    for check in checks:
        first, *more = textwrap.wrap(f"{check.title}: {check.found}", 88)
        lines.append(f"{paint(f'{check.state:8}', check.state)} {first}")
        lines += [f"{'':9}{line}" for line in more]
        lines += [f"{'':13}{line}" for line in textwrap.wrap(check.cure, 84)]
    lines.append("what this host can give")
    for wish, (about, _) in WISHES.items():
        why, perhaps = obstacles(checks, wish), unknown(checks, wish)
        if why:
            verdict = paint("not now: " + ", ".join(why), MISSING)
        elif perhaps:
            verdict = paint("perhaps, not known: " + ", ".join(perhaps), NOTE)
        else:
            verdict = paint("yes, as far as this can be seen", OK)
        lines += [f"  {wish:8}{verdict}", f"          {about}"]
    return lines

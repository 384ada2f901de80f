# SPDX-License-Identifier: LGPL-3.0-only
"""The machines of machines/*.cfg, a Row each."""
# Copyright (C) 2026 The seabios-igd authors

import configparser
import itertools
import re
import shlex
import struct
from pathlib import Path

from machine import Machine, qemu_version
from messages import written
from samples import OPREGIONS, ROMS

FOLDER = Path(__file__).parent / "machines"
DEFAULTS = FOLDER / "defaults.cfg"


def stanzas(path):
    """The stanzas of a file, with the defaults."""
    config = configparser.ConfigParser(interpolation=None)
    config.read([DEFAULTS, path])
    return config


# Device ids, as the rows have them.
GMS_GEN6 = ("0106", "0162", "0412", "0a16", "0d22", "0f31")
GEN11_AND_NEWER = [device for name in ("gen11-and-newer", "unknown-id")
                   for device in stanzas(FOLDER / "generations.cfg")[name]["device"].split()]


def parse_bytes(text):
    """512M and the like, as a number of bytes."""
    return int(text.rstrip("KMG")) << {"K": 10, "M": 20, "G": 30}.get(text[-1], 0)


def parse_base(text):
    """The content of etc/igd-stolen-base, None for no such file."""
    if text.startswith("text:"):
        return text[len("text:"):].encode().decode("unicode_escape").encode("latin-1")
    return struct.pack("<Q", int(text, 0)) if text else None


def parse_stolen(text):
    """The content of etc/igd-bdsm-size, None for no such file."""
    if text == "none":
        return None
    if text.startswith("text:"):
        return text[len("text:"):].encode()
    return struct.pack("<Q", 0xFFFFFFFFFFFFFFFF if text == "all-ones" else parse_bytes(text))


def parse_keys(text):
    """{key: value} of "key=value key=value"."""
    return dict(item.split("=") for item in text.split())


def ggc(device, stolen_bytes):
    """A host's GGC with this much stolen memory, locked, VGA enabled; with none if GMS of this
    device cannot say it."""
    mib = stolen_bytes >> 20
    whole, rest = divmod(mib, 32)
    if device in GMS_GEN6 or device == "22b0":
        return (whole if whole < 0x20 and not rest else 0) << 3 | 0x201
    if device != "1616" and rest and mib < 64 and not rest % 4:
        return (0xEF + mib // 4) << 8 | 0xC1
    return (whole if whole < 0xF0 and not rest else 0) << 8 | 0xC1


class Row:
    """One machine: a stanza with one value for each key, which is an attribute ("class" is
    class_code)."""

    MULTIPLE = ("machine", "memory", "device", "class", "address", "stolen", "rom_from")

    def __init__(self, name, values):
        self.name, self.values = name, values

    def __getattr__(self, key):
        return self.values[{"class_code": "class"}.get(key, key)]

    def expects(self, name):
        """Whether this is one of the row's expectations."""
        return name in self.expect.split()

    @property
    def must_find(self):
        """[Said] that the log must have."""
        return [written(line) for line in self.finds.splitlines()
                if line and not line.startswith("not ")]

    @property
    def must_not_find(self):
        """The codes that the log must not have, besides all errors and warnings."""
        return [line.removeprefix("not ") for line in self.finds.splitlines()
                if line.startswith("not ")]

    @property
    def finds_codes(self):
        """The codes of must_find."""
        return {said.code for said in self.must_find}

    @property
    def igd_address(self):
        """slot.function of what the firmware must take for the IGD."""
        return "2.0" if self.second == "2.0" else self.address

    @property
    def is_gen11(self):
        """Whether the device is a Gen11 or newer."""
        return self.device in GEN11_AND_NEWER

    @property
    def is_gen9(self):
        """Whether the device is a Gen9."""
        return self.device[:2] in ("19", "31", "59", "87", "3e", "9b") or self.device == "5a84"

    @property
    def in_legacy_mode(self):
        """Whether QEMU has its legacy mode, with a host's LPC bridge: 11.1 not from Gen11 on."""
        return self.via == "qemu" and self.machine == "pc" and self.rom != "none" \
            and not (self.is_gen11 and qemu_version() >= (11, 1))

    @property
    def qemu_rewrites_gtt(self):
        """Whether QEMU takes what is written to the GTT for the host's addresses."""
        return self.in_legacy_mode and qemu_version() < (10, 0) and self.base != "0x7b800000"

    @property
    def bdsm_fixed(self):
        """Whether BDSM keeps what it has."""
        return "bdsm_mask=0" in self.sim.split()

    @property
    def seen_from(self):
        """Where the firmware takes the ROM from."""
        return self.taken_from or self.rom_from

    @property
    def held_bdsm(self):
        """What the option ROM caches for BDSM as the firmware finds it. QEMU from 10.0 on clears
        it in a ROM that it reads from the ROM BAR."""
        if self.seen_from == "bar" and qemu_version() >= (10, 0):
            return 0
        return int(parse_keys(self.rom_options).get("stale_bdsm", "0"), 0)

    @property
    def told_bytes(self):
        """How much stolen memory GGC tells: what must be reserved, or what is asked for."""
        if self.reserved or self.stolen == "none" or self.stolen.startswith(("text:", "all-")):
            return self.reserved_bytes or 0
        return parse_bytes(self.stolen)

    @property
    def reserved_bytes(self):
        """How much stolen memory the firmware must reserve; None: what QEMU asked for."""
        if self.reserved == "qemu":
            return None
        if self.reserved:
            return parse_bytes(self.reserved)
        return parse_bytes(self.stolen) if self.expects("stolen") else 0

    @property
    def gms_bytes(self):
        """The size of stolen memory that QEMU reads in the device's GGC: as a driver does, but for
        Cherryview, which it takes for another Gen8."""
        value = int(parse_keys(self.sim).get("ggc", "0"), 0) \
            or ggc(self.device, self.told_bytes)
        if self.device in GMS_GEN6:
            return (value >> 3 & 0x1F) * 32 << 20
        gms = value >> 8
        small = gms >= 0xF0 and self.device not in ("1616", "22b0")
        return (4 * (gms - 0xEF) if small else 32 * gms) << 20

    @property
    def has_rom(self):
        """Whether there is an option ROM for the IGD."""
        return self.rom != "none" and self.vbios != "other"

    @property
    def runs_vbios(self):
        """Whether the IGD's option ROM must be run."""
        return self.vbios == "yes" or self.vbios == "auto" and self.rom != "none"

    @property
    def wish(self):
        """Whether the user wants the IGD to be the boot display; None: did not say."""
        said = re.search(r"igd-primary,string=([01])", self.extra)
        return said[1] == "1" if said else None

    @property
    def refusal(self):
        """What this QEMU says instead of starting the machine, a regular expression; else None."""
        machine = self.as_machine(Path(), Path())
        if machine.via == "fw_cfg" and machine.qemu_gives_size \
                and machine.stolen not in (None, machine.size_in_ggc):
            return "duplicate fw_cfg file name: etc/igd-bdsm-size"
        return self.refused or None

    def _rom(self, out):
        if out == Path():
            return None
        return ROMS[self.rom](out, **{key: int(value, 0)
                                      for key, value in parse_keys(self.rom_options).items()})

    def as_machine(self, out, image, **changes):
        """The Machine; out may be one without files if it is not to be run."""
        machine = dict(
            out=out, firmware=image, machine=self.machine, memory=self.memory,
            device=None if self.device == "none" else int(self.device, 16),
            class_code=int(self.class_code, 16), address=self.address,
            second=None if self.second == "none" else self.second,
            opregion=OPREGIONS[self.opregion](), stolen=parse_stolen(self.stolen),
            base=parse_base(self.base), via=self.via, rom=self._rom(out), rom_from=self.rom_from,
            any_lpc={"auto": None, "yes": True, "no": False}[self.any_lpc],
            sim={"ggc": ggc(self.device, self.told_bytes)} | parse_keys(self.sim),
            options=self.options,
            extra=shlex.split(self.extra) + (
                ["-boot", "menu=on,splash-time=1"] if self.rom != "none" else []),
            guest=self.guest, expect_stolen=self.reserved_bytes or 0, timeout=float(self.timeout),
            size_in_ggc=struct.pack("<Q", self.gms_bytes))
        return Machine(**machine | changes)

    def boot(self, out, image, folder, **changes):
        """The Result of running it. The folder is printed: a failure shows it."""
        print(f"logs: {folder}")
        return self.as_machine(out, image, **changes).run(folder)


def of_this_qemu(stanza):
    """A stanza's values: those of KEY@VERSION hold from that QEMU on."""
    values = {key: value for key, value in stanza.items() if "@" not in key}
    later = [(tuple(map(int, key.partition("@")[2].split("."))), key.partition("@")[0], value)
             for key, value in stanza.items() if "@" in key]
    return values | {key: value for version, key, value in sorted(later)
                     if version <= qemu_version()}


def rows_of(stanza, values):
    """A Row for each combination of a stanza's values."""
    lists = {key: values[key].split() or [""] for key in Row.MULTIPLE}
    if values["stolen"].startswith("text:"):
        lists["stolen"] = [values["stolen"]]
    for choice in itertools.product(*lists.values()):
        chosen = dict(zip(lists, choice))
        label = "-".join([stanza] + [v for k, v in chosen.items() if len(lists[k]) > 1])
        yield Row(label, values | chosen)


def load_table():
    """All Rows, in the order of files and stanzas. ValueError: a name is taken, a key unknown."""
    names = set()
    for path in sorted(FOLDER.glob("*.cfg")):
        config = stanzas(path)
        for stanza in config.sections():
            unknown = {key.partition("@")[0] for key in config[stanza]} - set(config.defaults())
            if unknown or stanza in names:
                raise ValueError(f"{path.name}, {stanza}: " + (
                    f"unknown {unknown}" if unknown else "another stanza has that name"))
            names.add(stanza)
            # QEMU 10.0 itself has a BDSM that can be written.
            if "bdsm_mask=" not in config[stanza]["sim"] or qemu_version() != (10, 0):
                yield from rows_of(stanza, of_this_qemu(config[stanza]))


TABLE = list(load_table())

# SPDX-License-Identifier: LGPL-3.0-only
"""Makes option ROMs of the stand-in VBIOS (vbios.S) and a SeaVGABIOS."""
# Copyright (C) 2026 The seabios-igd authors

import re
import struct
import subprocess

# Offsets in the image, for those who patch one. u8, u16 or u32, little endian.
BLOCKS = 0x02           # u8   length in 512 bytes
CHECKSUM = 0x06         # u8   makes the image's bytes add up to 0
PCIR = 0x40             #      PCI data structure
VENDOR = 0x44           # u16
DEVICE = 0x46           # u16
LIST_POINTER = 0x48     # u16  device list, relative to PCIR; 0: none
CLASS_CODE = 0x4D       # u24  interface in the low byte
PCIR_BLOCKS = 0x50      # u16  length in 512 bytes
INDICATOR = 0x55        # u8   bit 7: last image
RUNTIME_BLOCKS = 0x56   # u16  length at run time in 512 bytes
MAGIC = 0x60            #      b"igdvbios"
LPC = 0x68              # u16  device id wanted at 00:1f.0; 0: any
VIDEO = 0x6A            # u16  where SeaVGABIOS is, in paragraphs; 0: there is none
BDSM = 0x6C             # u32  the cached BDSM; 0: to be read from the device
RAN = 0x70              # u16  offset of SeaVGABIOS's HaveRunInit; 0: unknown
VBE = 0x78              # u16  1: VBE is offered
DEVICE_LIST = 0x80      #      u16 each, a 0 ends it
DEVICE_LIST_MOST = 15
GTT = 0xA0              # u16  1: it fills the GTT
HANG = 0xA2             # u16  when it hangs, bits: 1 at once, 2 if it refuses what is at 00:1f.0,
                        #      4 when it runs a second time; 8 not, but it takes two seconds
PM = 0xA4               # u16  BDF of the device whose config 40h has the PM timer's base; 0: none
SHORTEN = 0xA6          # u16  the length to have after POST in 512 bytes; 0: the same


def rom(code, vgabios, *, vendor=0x8086, device=0x3E92, device_list=None,
        class_code=0x030000, lpc=0, stale_bdsm=0, size=0x10000, blocks=None, last_image=True,
        checksum_ok=True, ran=None, vbe=False, gtt=True, hang=0, pm=0, shorten=False):
    """Returns an option ROM of size bytes.

    code         the binary of vbios.S
    vgabios      a SeaVGABIOS built with CONFIG_VGA_STANDARD_VGA; empty: it sets no video mode
    vendor, device, device_list, class_code
                 of the PCI data structure; the list has at most 15 ids, none or 0: no list; if it
                 is not given, the device and some of Coffee Lake
    lpc          the device id that it wants to see at 00:1f.0, 0: any
    stale_bdsm   what a host's POST has left in the cached BDSM; 0: nothing
    size         in bytes, a multiple of 512, at most 255 * 512; padded with zeros
    blocks       the length that the headers tell, in 512 bytes, if not size
    last_image   False: the header says that another image follows
    checksum_ok  False: the bytes add up to 0x6a, as seen in a host's shadow
    ran          the offset of HaveRunInit in vgabios: then the ROM also works when taken from the
                 shadow of a machine in which it has run; None: it does not
    vbe          whether VBE is offered, with one mode (Gen9)
    gtt          whether it fills the GTT through BAR4
    hang         when it hangs, see HANG
    pm           where it looks for the PM timer's base, before a delay: 0xf8 (00:1f.0, up to Gen8),
                 0xfa (00:1f.2, Gen9); 0: it has no delay
    shorten      whether it makes its image no longer than needed, and its checksum right, in POST

    The checksum is that of size bytes, whatever blocks says. ValueError: it does not fit.
    """
    if code[MAGIC:MAGIC + 8] != b"igdvbios":
        raise ValueError("the code is not that of vbios.S")
    start = -(-len(code) // 16) * 16
    if size % 512 or size > 255 * 512:
        raise ValueError(f"size {size:#x} is no multiple of 512 up to 255 * 512")
    if start + len(vgabios) > size:
        raise ValueError(f"code and SeaVGABIOS need {start + len(vgabios):#x} bytes")
    if device_list is None:
        device_list = (device, 0x3E91, 0x3E98, 0x3E9B)
    device_list = device_list or ()
    if len(device_list) > DEVICE_LIST_MOST:
        raise ValueError(f"more than {DEVICE_LIST_MOST} ids in the device list")
    if blocks is None:
        blocks = size // 512
    image = bytearray(code.ljust(start, b"\0") + vgabios).ljust(size, b"\0")
    struct.pack_into("<B", image, BLOCKS, blocks & 0xFF)
    struct.pack_into("<HHH", image, VENDOR, vendor, device,
                     DEVICE_LIST - PCIR if device_list else 0)
    image[CLASS_CODE:CLASS_CODE + 3] = struct.pack("<I", class_code)[:3]
    struct.pack_into("<H", image, PCIR_BLOCKS, blocks)
    struct.pack_into("<BH", image, INDICATOR, 0x80 if last_image else 0, blocks)
    struct.pack_into("<HHIH", image, LPC, lpc, start // 16 if vgabios else 0, stale_bdsm,
                     0 if ran is None else start + ran)
    struct.pack_into("<H", image, VBE, vbe)
    struct.pack_into("<HHHH", image, GTT, gtt, hang, pm,
                     -(-(start + len(vgabios)) // 512) if shorten else 0)
    struct.pack_into(f"<{len(device_list)}H", image, DEVICE_LIST, *device_list)
    mend(image, 0 if checksum_ok else 0x6A)
    return bytes(image)


def mend(image, total=0):
    """Sets the checksum of an image (a bytearray) so that its bytes add up to total."""
    image[CHECKSUM] = 0
    image[CHECKSUM] = (total - sum(image)) & 0xFF


def stand_in(out, **keywords):
    """rom() of what the Makefile has built in out (its OUT)."""
    return rom((out / "tests/vbios.bin").read_bytes(),
               (out / "build/vgabios-3e92/vgabios.bin").read_bytes(), **keywords)


def have_run_init(out):
    """The offset of HaveRunInit in the SeaVGABIOS that the Makefile has built in out."""
    symbols = subprocess.run(["nm", out / "build/vgabios-3e92/vgarom.o"], capture_output=True,
                             text=True, check=True).stdout
    return int(re.search(r"^(\w+) \w HaveRunInit$", symbols, re.M)[1], 16)

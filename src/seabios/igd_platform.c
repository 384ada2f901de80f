// SPDX-License-Identifier: LGPL-3.0-only
// The platform around the IGD: known although some of its ids are a host's.
// Copyright (C) 2026 The seabios-igd authors

#include "fw/paravirt.h" // PORT_QEMU_CFG_CTL
#include "hw/pci.h" // pci_config_readl
#include "hw/pcidevice.h" // struct pci_device
#include "hw/pci_regs.h" // PCI_VENDOR_ID
#include "igd_state.h" // igd_describe
#include "util.h" // igd_hides_qemu
#include "x86.h" // outw

void
igd_describe(u16 bdf, struct igd_device *device)
{
    u32 ids = pci_config_readl(bdf, PCI_VENDOR_ID);
    device->bdf = bdf;
    device->vendor = ids;
    device->device = ids >> 16;
    device->class_code = pci_config_readw(bdf, PCI_CLASS_DEVICE);
}

// Whether the host bridge is that of a QEMU which shows the host's subsystem ids on it.
int
igd_hides_qemu(u16 vendor, u16 device)
{
    u32 signature = 0;
    outw(0, PORT_QEMU_CFG_CTL); // key of the signature
    insb(PORT_QEMU_CFG_DATA, (u8*)&signature, sizeof(signature));
    return igd_is_qemu(vendor, device, signature);
}

// Whether a device must be set up as the LPC bridge of a q35, whatever its id is.
int
igd_finds_q35_lpc(struct pci_device *pci)
{
    struct igd_device device;
    igd_describe(pci->bdf, &device);
    return igd_is_q35_lpc(&device, pci_config_readl(0, PCI_VENDOR_ID));
}

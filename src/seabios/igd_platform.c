// SPDX-License-Identifier: LGPL-3.0-only
// Recognises the platform around the IGD, although some of its ids are the host's.
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

void
igd_tell_vbios(void)
{
    static const u16 igd_bdfs[] = { IGD_BDF_LPC, IGD_BDF_PM };
    int i;
    if (!pci_config_readw(0, IGD_REG_GGC))
        pci_config_writew(0, IGD_REG_GGC, pci_config_readw(igd.device.bdf, IGD_REG_GGC));
    for (i = 0; i < ARRAY_SIZE(igd_bdfs); i++) {
        struct igd_device device;
        igd_describe(igd_bdfs[i], &device);
        u32 value = pci_config_readl(igd_bdfs[i], IGD_REG_PM_BASE);
        if (acpi_pm_base && igd_wants_pm_base(&device, value))
            pci_config_writel(igd_bdfs[i], IGD_REG_PM_BASE, acpi_pm_base | IGD_PM_BASE_IO);
    }
}

// Whether the host bridge is QEMU's, although its subsystem ids may be the host's.
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

// SPDX-License-Identifier: LGPL-3.0-only
// The simulated kernel: libc entry points that lead to /dev/vfio, and the VFIO ioctls behind them
// Copyright (C) 2026 The seabios-igd authors

// Both of open and open64 and the like are defined here, so the headers must not turn one into the
// other or inline them, whatever the compiler's options say.
#define _GNU_SOURCE 1
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <linux/vfio.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "igd_sim.h"

// QEMU exports symbols, too: only what has this mark may be visible, or it would replace functions
// of QEMU.
#define SIM_EXPORT __attribute__((visibility("default")))

// The function that a definition in this file hides.
#define SIM_REAL(function)                                                      \
    ({                                                                          \
        static _Atomic(__typeof__(&function)) sim_known_;                       \
        __typeof__(&function) sim_function_ = sim_known_;                       \
        if (!sim_function_) {                                                   \
            sim_function_ = (__typeof__(&function))dlsym(RTLD_NEXT, #function); \
            sim_known_ = sim_function_;                                         \
        }                                                                       \
        sim_function_;                                                          \
    })

// ---- file descriptors

enum sim_file {
    SIM_FILE_OTHER,
    SIM_FILE_CONTAINER,
    SIM_FILE_GROUP,
    SIM_FILE_DEVICE,
    SIM_FILE_KVM_VFIO,
};

// Every read and ioctl of QEMU asks here first, hence a table that needs no lock.
#define SIM_FD_MAX 4096
static _Atomic unsigned char sim_files[SIM_FD_MAX];

static pthread_mutex_t sim_mutex = PTHREAD_MUTEX_INITIALIZER;
static bool sim_container_set, sim_opened;
static int sim_container_iommu;

void
sim_lock(void)
{
    pthread_mutex_lock(&sim_mutex);
}

void
sim_unlock(void)
{
    pthread_mutex_unlock(&sim_mutex);
}

bool
sim_vfio_opened(void)
{
    return sim_opened;
}

static enum sim_file
sim_file(int fd)
{
    return fd >= 0 && fd < SIM_FD_MAX ? sim_files[fd] : SIM_FILE_OTHER;
}

static int
sim_fail(int error)
{
    errno = error;
    return -1;
}

static int
sim_file_adopt(int fd, enum sim_file file)
{
    if (fd >= SIM_FD_MAX) {
        SIM_REAL(close)(fd);
        return sim_fail(EMFILE);
    }
    if (fd >= 0)
        sim_files[fd] = file;
    return fd;
}

// An empty file: only its descriptor's number is needed.
static int
sim_file_new(enum sim_file file)
{
    return sim_file_adopt(memfd_create("igd-sim", MFD_CLOEXEC), file);
}

// One sparse file is the memory of the BARs, for every time that QEMU opens the device.
static int
sim_device_new(void)
{
    static int memory_fd = -1;
    if (memory_fd < 0) {
        int fd = memfd_create("igd-sim-device", MFD_CLOEXEC);
        if (fd < 0)
            return fd;
        if (ftruncate(fd, (off_t)sim_pci_region_count() << SIM_REGION_SHIFT) ||
            sim_pci_attach(fd)) {
            int error = errno;
            SIM_REAL(close)(fd);
            return sim_fail(error);
        }
        memory_fd = fd;
        sim_opened = true;
    }
    return sim_file_adopt(fcntl(memory_fd, F_DUPFD_CLOEXEC, 0), SIM_FILE_DEVICE);
}

// ---- ioctls

static int
sim_container_ioctl(uint32_t request, void *arg)
{
    switch (request) {
    case VFIO_GET_API_VERSION:
        return VFIO_API_VERSION;

    case VFIO_CHECK_EXTENSION: {
        uintptr_t extension = (uintptr_t)arg;
        return extension == VFIO_TYPE1_IOMMU || extension == VFIO_TYPE1v2_IOMMU ||
               extension == VFIO_UNMAP_ALL;
    }

    case VFIO_SET_IOMMU: {
        uintptr_t iommu = (uintptr_t)arg;
        if (iommu != VFIO_TYPE1_IOMMU && iommu != VFIO_TYPE1v2_IOMMU)
            return sim_fail(EINVAL);
        if (!sim_container_set || sim_container_iommu)
            return sim_fail(EINVAL);
        sim_container_iommu = iommu;
        return 0;
    }

    case VFIO_IOMMU_GET_INFO: {
        struct vfio_iommu_type1_info *info = arg;
        if (info->argsz < offsetof(struct vfio_iommu_type1_info, cap_offset))
            return sim_fail(EINVAL);
        info->flags = VFIO_IOMMU_INFO_PGSIZES;
        info->iova_pgsizes = SIM_PAGE_BYTES;
        return 0;
    }

    case VFIO_IOMMU_MAP_DMA: {
        const struct vfio_iommu_type1_dma_map *map = arg;
        const uint32_t allowed = VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE;
        if (map->argsz < sizeof(*map) || !(map->flags & allowed) || map->flags & ~allowed)
            return sim_fail(EINVAL);
        const struct sim_dma_mapping mapping = {
            .iova = map->iova,
            .size_bytes = map->size,
            .memory = (uint8_t *)(uintptr_t)map->vaddr,
            .writable = map->flags & VFIO_DMA_MAP_FLAG_WRITE,
        };
        int error = sim_dma_map(&mapping);
        return error ? sim_fail(error) : 0;
    }

    case VFIO_IOMMU_UNMAP_DMA: {
        struct vfio_iommu_type1_dma_unmap *unmap = arg;
        if (unmap->argsz < sizeof(*unmap) || unmap->flags & ~VFIO_DMA_UNMAP_FLAG_ALL)
            return sim_fail(EINVAL);
        if (unmap->flags & VFIO_DMA_UNMAP_FLAG_ALL) {
            if (unmap->iova || unmap->size)
                return sim_fail(EINVAL);
            unmap->size = sim_dma_unmap_all();
            return 0;
        }
        uint64_t unmapped_bytes;
        int error = sim_dma_unmap(unmap->iova, unmap->size, &unmapped_bytes);
        unmap->size = unmapped_bytes;
        return error ? sim_fail(error) : 0;
    }

    default:
        return sim_fail(ENOTTY);
    }
}

static void
sim_container_leave(void)
{
    sim_container_set = false;
    sim_container_iommu = 0;
    sim_dma_unmap_all();
}

static int
sim_group_ioctl(uint32_t request, void *arg)
{
    switch (request) {
    case VFIO_GROUP_GET_STATUS: {
        struct vfio_group_status *status = arg;
        if (status->argsz < sizeof(*status))
            return sim_fail(EINVAL);
        status->flags = VFIO_GROUP_FLAGS_VIABLE;
        if (sim_container_set)
            status->flags |= VFIO_GROUP_FLAGS_CONTAINER_SET;
        return 0;
    }

    case VFIO_GROUP_SET_CONTAINER:
        if (sim_container_set || sim_file(*(const int *)arg) != SIM_FILE_CONTAINER)
            return sim_fail(EINVAL);
        sim_container_set = true;
        return 0;

    case VFIO_GROUP_UNSET_CONTAINER:
        if (!sim_container_set)
            return sim_fail(EINVAL);
        sim_container_leave();
        return 0;

    case VFIO_GROUP_GET_DEVICE_FD:
        // The group has one device, whatever QEMU calls it.
        if (!sim_container_iommu)
            return sim_fail(EINVAL);
        return sim_device_new();

    default:
        return sim_fail(ENOTTY);
    }
}

// VFIO_REGION_TYPE_PCI_VENDOR_TYPE with Intel's id; the header's own definition shifts into the
// sign bit.
#define SIM_REGION_TYPE_INTEL (1u << 31 | 0x8086)

// A region's information with the one capability that it may have behind it.
struct sim_region_answer {
    struct vfio_region_info info;
    union {
        struct vfio_region_info_cap_type type;
        // struct vfio_region_info_cap_sparse_mmap, with its one area.
        struct {
            struct vfio_info_cap_header header;
            uint32_t nr_areas, reserved;
            struct vfio_region_sparse_mmap_area area;
        } sparse;
    };
};

static int
sim_device_region_info(struct vfio_region_info *out)
{
    if (out->argsz < sizeof(*out))
        return sim_fail(EINVAL);
    const struct sim_region *region = sim_pci_region(out->index);
    if (!region)
        return sim_fail(EINVAL);

    struct sim_region_answer answer = {
        .info.index = out->index,
        .info.size = region->size_bytes,
        .info.offset = (uint64_t)out->index << SIM_REGION_SHIFT,
    };
    size_t answer_bytes = sizeof(answer.info);
    if (region->read && region->size_bytes)
        answer.info.flags |= VFIO_REGION_INFO_FLAG_READ;
    if (region->write)
        answer.info.flags |= VFIO_REGION_INFO_FLAG_WRITE;
    if (region->mappable)
        answer.info.flags |= VFIO_REGION_INFO_FLAG_MMAP;
    if (region->subtype) {
        answer.type = (struct vfio_region_info_cap_type){
            .header = { .id = VFIO_REGION_INFO_CAP_TYPE, .version = 1 },
            .type = SIM_REGION_TYPE_INTEL,
            .subtype = region->subtype,
        };
        answer_bytes += sizeof(answer.type);
    } else if (region->mappable_from) {
        answer.sparse.header = (struct vfio_info_cap_header){
            .id = VFIO_REGION_INFO_CAP_SPARSE_MMAP,
            .version = 1,
        };
        answer.sparse.nr_areas = 1;
        answer.sparse.area = (struct vfio_region_sparse_mmap_area){
            .offset = region->mappable_from,
            .size = region->size_bytes - region->mappable_from,
        };
        answer_bytes += sizeof(answer.sparse);
    }

    // Too small a buffer is no error: the caller learns the size and asks again.
    uint32_t room_bytes = out->argsz;
    answer.info.argsz = answer_bytes;
    if (answer_bytes > sizeof(answer.info)) {
        answer.info.flags |= VFIO_REGION_INFO_FLAG_CAPS;
        if (room_bytes < answer_bytes)
            answer_bytes = sizeof(answer.info);
        else
            answer.info.cap_offset = sizeof(answer.info);
    }
    memcpy(out, &answer, answer_bytes);
    return 0;
}

static int
sim_device_irq_info(struct vfio_irq_info *info)
{
    // As the kernel: only PCI Express devices, which have a larger config space, report errors.
    if (info->argsz < sizeof(*info) || info->index >= VFIO_PCI_NUM_IRQS ||
        info->index == VFIO_PCI_ERR_IRQ_INDEX)
        return sim_fail(EINVAL);
    info->flags = VFIO_IRQ_INFO_EVENTFD;
    if (info->index == VFIO_PCI_INTX_IRQ_INDEX)
        info->flags |= VFIO_IRQ_INFO_MASKABLE | VFIO_IRQ_INFO_AUTOMASKED;
    else
        info->flags |= VFIO_IRQ_INFO_NORESIZE;
    info->count = info->index != VFIO_PCI_MSIX_IRQ_INDEX;
    return 0;
}

// Only MSIs are signalled. Other interrupts can be set up, but never come.
static int sim_msi_eventfd = -1;

static int
sim_device_set_irqs(const struct vfio_irq_set *set)
{
    if (set->argsz < sizeof(*set))
        return sim_fail(EINVAL);
    if (set->index == VFIO_PCI_MSI_IRQ_INDEX && set->flags & VFIO_IRQ_SET_ACTION_TRIGGER) {
        sim_msi_eventfd = -1;
        if (set->flags & VFIO_IRQ_SET_DATA_EVENTFD && set->count)
            memcpy(&sim_msi_eventfd, set->data, sizeof(sim_msi_eventfd));
    }
    return 0;
}

void
sim_vfio_interrupt(void)
{
    const uint64_t one = 1;
    // The write fails only if the counter would overflow.
    if (sim_msi_eventfd >= 0 && write(sim_msi_eventfd, &one, sizeof(one)) < 0)
        return;
}

static int
sim_device_ioctl(uint32_t request, void *arg)
{
    switch (request) {
    case VFIO_DEVICE_GET_INFO: {
        struct vfio_device_info *info = arg;
        if (info->argsz < offsetof(struct vfio_device_info, cap_offset))
            return sim_fail(EINVAL);
        info->flags = VFIO_DEVICE_FLAGS_PCI | VFIO_DEVICE_FLAGS_RESET;
        info->num_regions = sim_pci_region_count();
        info->num_irqs = VFIO_PCI_NUM_IRQS;
        return 0;
    }

    case VFIO_DEVICE_GET_REGION_INFO:
        return sim_device_region_info(arg);

    case VFIO_DEVICE_GET_IRQ_INFO:
        return sim_device_irq_info(arg);

    case VFIO_DEVICE_SET_IRQS:
        return sim_device_set_irqs(arg);

    case VFIO_DEVICE_RESET:
        sim_pci_reset();
        sim_vga_reset();
        return 0;

    default:
        return sim_fail(ENOTTY);
    }
}

// KVM would look up the group behind a file descriptor that is not one, so its VFIO device is ours
// as well.
static bool
sim_kvm_create_device(uint32_t request, void *arg, int *result)
{
    if (!sim_active || request != KVM_CREATE_DEVICE)
        return false;
    struct kvm_create_device *create = arg;
    if (create->type != KVM_DEV_TYPE_VFIO)
        return false;
    *result = 0;
    if (!(create->flags & KVM_CREATE_DEVICE_TEST)) {
        int fd = sim_file_new(SIM_FILE_KVM_VFIO);
        create->fd = fd;
        *result = fd < 0 ? -1 : 0;
    }
    return true;
}

static int
sim_kvm_vfio_ioctl(uint32_t request)
{
    return request == KVM_SET_DEVICE_ATTR || request == KVM_HAS_DEVICE_ATTR ? 0 : sim_fail(ENOTTY);
}

static int
sim_file_ioctl(enum sim_file file, uint32_t request, void *arg)
{
    sim_lock();
    int result = -1;
    switch (file) {
    case SIM_FILE_CONTAINER:
        result = sim_container_ioctl(request, arg);
        break;
    case SIM_FILE_GROUP:
        result = sim_group_ioctl(request, arg);
        break;
    case SIM_FILE_DEVICE:
        result = sim_device_ioctl(request, arg);
        break;
    case SIM_FILE_KVM_VFIO:
        result = sim_kvm_vfio_ioctl(request);
        break;
    case SIM_FILE_OTHER:
        break;
    }
    sim_unlock();
    return result;
}

// ---- device reads and writes

// Exactly one of in and out is given: in is written to the device, out is filled from it.
static ssize_t
sim_device_access(uint64_t position, const void *in, void *out, size_t size_bytes)
{
    uint64_t offset = position & ((1ull << SIM_REGION_SHIFT) - 1);
    uint64_t index = position >> SIM_REGION_SHIFT;
    const struct sim_region *region = index < sim_pci_region_count() ? sim_pci_region(index) : NULL;
    if (!region || offset >= region->size_bytes || (in && !region->write))
        return sim_fail(EINVAL);
    if (size_bytes > region->size_bytes - offset)
        size_bytes = region->size_bytes - offset;
    sim_lock();
    if (in)
        region->write(offset, in, size_bytes);
    else
        region->read(offset, out, size_bytes);
    sim_unlock();
    return size_bytes;
}

// ---- libc entry points. Each spelling is here: which of them QEMU uses depends on how it was
// compiled.

#define SIM_NOT_OURS (-2)

static int
sim_open(const char *path)
{
    if (!sim_active)
        return SIM_NOT_OURS;
    char group_path[32];
    snprintf(group_path, sizeof(group_path), "/dev/vfio/%u", (unsigned)sim_config.group);
    if (!strcmp(path, "/dev/vfio/vfio"))
        return sim_file_new(SIM_FILE_CONTAINER);
    if (!strcmp(path, group_path))
        return sim_file_new(SIM_FILE_GROUP);
    return SIM_NOT_OURS;
}

// The mode of an open call, which has one only if the flags say so.
#define SIM_OPEN_MODE(flags)                                       \
    ({                                                             \
        mode_t sim_mode_ = 0;                                      \
        if ((flags)&O_CREAT || ((flags)&O_TMPFILE) == O_TMPFILE) { \
            va_list sim_args_;                                     \
            va_start(sim_args_, flags);                            \
            sim_mode_ = va_arg(sim_args_, mode_t);                 \
            va_end(sim_args_);                                     \
        }                                                          \
        sim_mode_;                                                 \
    })

SIM_EXPORT int
open(const char *path, int flags, ...)
{
    mode_t mode = SIM_OPEN_MODE(flags);
    int fd = sim_open(path);
    return fd != SIM_NOT_OURS ? fd : SIM_REAL(open)(path, flags, mode);
}

SIM_EXPORT int
open64(const char *path, int flags, ...)
{
    mode_t mode = SIM_OPEN_MODE(flags);
    int fd = sim_open(path);
    return fd != SIM_NOT_OURS ? fd : SIM_REAL(open64)(path, flags, mode);
}

SIM_EXPORT int
openat(int dir_fd, const char *path, int flags, ...)
{
    mode_t mode = SIM_OPEN_MODE(flags);
    int fd = sim_open(path);
    return fd != SIM_NOT_OURS ? fd : SIM_REAL(openat)(dir_fd, path, flags, mode);
}

SIM_EXPORT int
openat64(int dir_fd, const char *path, int flags, ...)
{
    mode_t mode = SIM_OPEN_MODE(flags);
    int fd = sim_open(path);
    return fd != SIM_NOT_OURS ? fd : SIM_REAL(openat64)(dir_fd, path, flags, mode);
}

// What glibc's headers make of the calls above and below under _FORTIFY_SOURCE; they are declared
// nowhere.
SIM_EXPORT int
__open_2(const char *path, int flags);
SIM_EXPORT int
__open64_2(const char *path, int flags);
SIM_EXPORT int
__openat_2(int dir_fd, const char *path, int flags);
SIM_EXPORT int
__openat64_2(int dir_fd, const char *path, int flags);
SIM_EXPORT ssize_t
__pread_chk(int fd, void *buf, size_t size_bytes, off_t position, size_t room_bytes);
SIM_EXPORT ssize_t
__pread64_chk(int fd, void *buf, size_t size_bytes, off64_t position, size_t room_bytes);
void
__chk_fail(void) __attribute__((noreturn));

int
__open_2(const char *path, int flags)
{
    int fd = sim_open(path);
    return fd != SIM_NOT_OURS ? fd : SIM_REAL(__open_2)(path, flags);
}

int
__open64_2(const char *path, int flags)
{
    int fd = sim_open(path);
    return fd != SIM_NOT_OURS ? fd : SIM_REAL(__open64_2)(path, flags);
}

int
__openat_2(int dir_fd, const char *path, int flags)
{
    int fd = sim_open(path);
    return fd != SIM_NOT_OURS ? fd : SIM_REAL(__openat_2)(dir_fd, path, flags);
}

int
__openat64_2(int dir_fd, const char *path, int flags)
{
    int fd = sim_open(path);
    return fd != SIM_NOT_OURS ? fd : SIM_REAL(__openat64_2)(dir_fd, path, flags);
}

SIM_EXPORT int
close(int fd)
{
    enum sim_file file = sim_file(fd);
    if (file != SIM_FILE_OTHER) {
        sim_lock();
        sim_files[fd] = SIM_FILE_OTHER;
        // As the kernel: a group takes its place in the container with it, a container its
        // mappings.
        if (file == SIM_FILE_GROUP || file == SIM_FILE_CONTAINER)
            sim_container_leave();
        sim_unlock();
    }
    return SIM_REAL(close)(fd);
}

SIM_EXPORT int
ioctl(int fd, unsigned long request, ...)
{
    va_list args;
    va_start(args, request);
    void *arg = va_arg(args, void *);
    va_end(args);

    // QEMU passes requests as int at times, which sign-extends them: only 32 bits count.
    enum sim_file file = sim_file(fd);
    if (file != SIM_FILE_OTHER)
        return sim_file_ioctl(file, request, arg);
    int result;
    if (sim_kvm_create_device(request, arg, &result))
        return result;
    return SIM_REAL(ioctl)(fd, request, arg);
}

SIM_EXPORT ssize_t
pread(int fd, void *buf, size_t size_bytes, off_t position)
{
    if (sim_file(fd) == SIM_FILE_DEVICE)
        return sim_device_access(position, NULL, buf, size_bytes);
    return SIM_REAL(pread)(fd, buf, size_bytes, position);
}

SIM_EXPORT ssize_t
pread64(int fd, void *buf, size_t size_bytes, off64_t position)
{
    if (sim_file(fd) == SIM_FILE_DEVICE)
        return sim_device_access(position, NULL, buf, size_bytes);
    return SIM_REAL(pread64)(fd, buf, size_bytes, position);
}

ssize_t
__pread_chk(int fd, void *buf, size_t size_bytes, off_t position, size_t room_bytes)
{
    if (size_bytes > room_bytes)
        __chk_fail();
    return pread(fd, buf, size_bytes, position);
}

ssize_t
__pread64_chk(int fd, void *buf, size_t size_bytes, off64_t position, size_t room_bytes)
{
    if (size_bytes > room_bytes)
        __chk_fail();
    return pread64(fd, buf, size_bytes, position);
}

SIM_EXPORT ssize_t
pwrite(int fd, const void *buf, size_t size_bytes, off_t position)
{
    if (sim_file(fd) == SIM_FILE_DEVICE)
        return sim_device_access(position, buf, NULL, size_bytes);
    return SIM_REAL(pwrite)(fd, buf, size_bytes, position);
}

SIM_EXPORT ssize_t
pwrite64(int fd, const void *buf, size_t size_bytes, off64_t position)
{
    if (sim_file(fd) == SIM_FILE_DEVICE)
        return sim_device_access(position, buf, NULL, size_bytes);
    return SIM_REAL(pwrite64)(fd, buf, size_bytes, position);
}

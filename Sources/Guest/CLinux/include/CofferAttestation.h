// Attestation: the request of /dev/sev-guest (Documentation/virt/coco/sev-guest.rst), whose structures are laid
// out here because the names of their fields changed between kernel versions.
#ifndef COFFER_ATTESTATION_H
#define COFFER_ATTESTATION_H

struct coffer_sev_report_request {
    uint8_t user_data[64];
    uint32_t vmpl;
    uint8_t reserved[28];
};
struct coffer_sev_extended_request {
    struct coffer_sev_report_request data;
    uint64_t certificates_address;
    uint32_t certificates_length;
};
struct coffer_sev_argument {
    uint8_t message_version;
    uint64_t request;
    uint64_t response;
    uint64_t exit_info;
};

/// SNP_GET_EXT_REPORT. `response` has 4000 bytes; `certificates` is page-aligned, its size a multiple of the page size;
/// with size 0 it may be NULL. Returns 0 or -errno; `exit_info` holds the firmware's (low half) and the hypervisor's (high
/// half) answer, `needed` the certificates' size when the buffer was too small.
static inline long coffer_sev_extended_report(
    int fd, const uint8_t *user_data, uint8_t *response, void *certificates, uint32_t size, uint32_t *needed,
    uint64_t *exit_info) {
    struct coffer_sev_extended_request request = {
        .certificates_address = (uint64_t)(uintptr_t)certificates, .certificates_length = size };
    memcpy(request.data.user_data, user_data, sizeof request.data.user_data);
    struct coffer_sev_argument argument = {
        .message_version = 1, .request = (uint64_t)(uintptr_t)&request, .response = (uint64_t)(uintptr_t)response };
    long result = coffer_result(ioctl(fd, 0xC0205302ul, &argument));
    *exit_info = argument.exit_info;
    *needed = request.certificates_length;
    return result;
}
/// SNP_GET_REPORT: as above, without certificates.
static inline long coffer_sev_report(int fd, const uint8_t *user_data, uint8_t *response, uint64_t *exit_info) {
    struct coffer_sev_report_request request = { .vmpl = 0 };
    memcpy(request.user_data, user_data, sizeof request.user_data);
    struct coffer_sev_argument argument = {
        .message_version = 1, .request = (uint64_t)(uintptr_t)&request, .response = (uint64_t)(uintptr_t)response };
    long result = coffer_result(ioctl(fd, 0xC0205300ul, &argument));
    *exit_info = argument.exit_info;
    return result;
}
/// Anonymous pages, page-aligned, or NULL.
static inline void *coffer_pages(size_t size) {
    void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return pages == MAP_FAILED ? NULL : pages;
}
static inline long coffer_free_pages(void *pages, size_t size) { return coffer_result(munmap(pages, size)); }

/// A listening stream socket at a path, or -errno; the path must not exist. unix(7).
static inline long coffer_unix_listen(const char *path, int backlog) {
    struct sockaddr_un address;
    long size = coffer_unix_address(path, &address);
    if (size < 0) return size;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -(long)errno;
    int bound = bind(fd, (struct sockaddr *)&address, (socklen_t)size);
    return coffer_or_close(fd, bound < 0 ? bound : listen(fd, backlog));
}
static inline long coffer_chmod(const char *path, mode_t mode) { return coffer_result(chmod(path, mode)); }

#endif

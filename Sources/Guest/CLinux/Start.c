// The C library's start for commands that live a millisecond. Only in the static build, where hack/build-guest keeps the
// library's own start under another name (COFFER_QUICK_START); PID 1 and everything unusual goes there.
//
// Three things are different. The library asks the processor about its caches and features with dozens of CPUID
// instructions, to choose among versions of memcpy; in a virtual machine each is a trap to the hypervisor, 20 us and
// more, together the larger part of a command's time. Here nothing is asked, and the versions that every x86-64 has are
// chosen. What the library prepares for dlopen, threads and tunables is left out: none of them is used here. And `create`,
// `run` and `exec` go on in a read-only view of the program's file (see SealedSelf.swift) before anything has been set up
// that would have to be set up again.
//
// What is called here, and its order, is glibc 2.36's csu/libc-start.c for static programs; hack/build-guest does not
// ask for this file with another version.
#ifdef COFFER_QUICK_START
#include "CLinux.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <linux/mount.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>

// The library's own, by its private names.
extern int coffer_ordinary_start(
    int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void), void *);
extern char **__environ;
extern void *__libc_stack_end;
extern void *_dl_random;
extern int __libc_enable_secure;
extern long __x86_shared_non_temporal_threshold, __x86_rep_movsb_stop_threshold;
extern int __libc_argc __attribute__((visibility("hidden")));
extern char **__libc_argv __attribute__((visibility("hidden")));
extern char __libc_single_threaded;
extern void _dl_aux_init(ElfW(auxv_t) *);
extern void _dl_relocate_static_pie(void);
extern void __libc_setup_tls(void);
extern void __ctype_init(void);
extern void __init_misc(int, char **, char **);
extern const ElfW(Rela) __rela_iplt_start[] __attribute__((weak, visibility("hidden")));
extern const ElfW(Rela) __rela_iplt_end[] __attribute__((weak, visibility("hidden")));

// Before there is an errno, and a stack protector's guard.
#define EARLY static inline __attribute__((always_inline, no_stack_protector))

EARLY long call(long number, long a, long b, long c, long d, long e) {
    long result;
    register long fourth __asm__("r10") = d;
    register long fifth __asm__("r8") = e;
    __asm__ volatile("syscall" : "=a"(result)
        : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth) : "rcx", "r11", "memory");
    return result;
}

EARLY int is_same(const char *left, const char *right) {
    while (*left && *left == *right) left++, right++;
    return *left == *right;
}

// Whether a word is a command whose process, or a copy of it, goes into a container. A word that only looks like one
// costs a moment and changes nothing.
EARLY int enters(char **argv) {
    for (char **word = argv; *word; word++)
        if (is_same(*word, "create") || is_same(*word, "run") || is_same(*word, "exec")) return 1;
    return 0;
}

// Above what a caller may hand over by --preserve-fds in practice, below where the kernel's first table of open files ends.
#define LEAST_VIEW 60

// The number of the view that this process was started from, or -1. proc(5), getauxval(3), AT_EXECFN: the kernel's own name for
// what execveat was given.
EARLY int view_number(const ElfW(auxv_t) *auxiliary) {
    for (; auxiliary->a_type != AT_NULL && auxiliary->a_type != AT_EXECFN; auxiliary++) continue;
    if (auxiliary->a_type == AT_NULL) return -1;
    const char *text = (const char *)auxiliary->a_un.a_val, *start = "/dev/fd/";
    while (*start && *start == *text) start++, text++;
    int number = 0;
    if (*start || !*text) return -1;
    for (; *text >= '0' && *text <= '9' && number < 1 << 20; text++) number = number * 10 + (*text - '0');
    return *text || number < LEAST_VIEW ? -1 : number;
}

// Runs this program again from a view of its file that is read-only and attached nowhere. Comes back when it runs from
// such a view already, and when that cannot be done: then it is SealedSelf's turn. True in the first case.
//
// Letting go of the last descriptor of a mount waits for all processors (synchronize_rcu_expedited in fs/namespace.c), a
// tenth of a millisecond and more. The view is therefore kept over execve, and closed when that wait costs nothing.
EARLY int run_read_only_view(char **argv, char **environment) {
    struct statfs status;
    static const char self[] = "/proc/self/exe";
    if (call(SYS_statfs, (long)self, (long)&status, 0, 0, 0) < 0) return 0;
    if (status.f_flags & ST_RDONLY) return 1;
    long view = call(SYS_open_tree, AT_FDCWD, (long)self, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC, 0, 0);
    if (view < 0) return 0;
    struct mount_attr attributes;
    attributes.attr_set = MOUNT_ATTR_RDONLY;
    attributes.attr_clr = 0;
    attributes.propagation = 0;
    attributes.userns_fd = 0;
    if (call(SYS_mount_setattr, view, (long)"", AT_EMPTY_PATH, (long)&attributes, sizeof attributes) == 0) {
        long kept = call(SYS_fcntl, view, F_DUPFD, LEAST_VIEW, 0, 0);
        call(SYS_execveat, kept < 0 ? view : kept, (long)"", (long)argv, (long)environment, AT_EMPTY_PATH);
        if (kept >= 0) call(SYS_close, kept, 0, 0, 0, 0);
    }
    call(SYS_close, view, 0, 0, 0, 0);
    return 0;
}

EARLY int is_unusual(char **environment, const ElfW(auxv_t) *auxiliary) {
    for (; *environment; environment++) {
        const char *name = "GLIBC_TUNABLES=", *text = *environment;
        while (*name && *name == *text) name++, text++;
        if (!*name) return 1;
    }
    for (; auxiliary->a_type != AT_NULL; auxiliary++)
        if (auxiliary->a_type == AT_SECURE) return auxiliary->a_un.a_val != 0;
    return 1;
}

// What is constant once the program is relocated cannot be written any more. The program lies where it was linked to.
EARLY void protect_constants(const ElfW(auxv_t) *auxiliary) {
    const ElfW(Phdr) *header = NULL;
    unsigned long count = 0, page = 0;
    for (; auxiliary->a_type != AT_NULL; auxiliary++) {
        if (auxiliary->a_type == AT_PHDR) header = (const ElfW(Phdr) *)auxiliary->a_un.a_val;
        if (auxiliary->a_type == AT_PHNUM) count = auxiliary->a_un.a_val;
        if (auxiliary->a_type == AT_PAGESZ) page = auxiliary->a_un.a_val;
    }
    for (; count > 0; count--, header++) {
        if (header->p_type != PT_GNU_RELRO) continue;
        unsigned long start = header->p_vaddr & -page, end = (header->p_vaddr + header->p_memsz) & -page;
        if (call(SYS_mprotect, start, end - start, PROT_READ, 0, 0) < 0) call(SYS_exit_group, 127, 0, 0, 0, 0);
    }
}

__attribute__((no_stack_protector)) int __libc_start_main(
    int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void), void (*fini)(void),
    void (*at_exit)(void), void *stack_end) {
    char **environment = argv + argc + 1;
    char **end = environment;
    while (*end) end++;
    ElfW(auxv_t) *auxiliary = (ElfW(auxv_t) *)(end + 1);
    if (call(SYS_getpid, 0, 0, 0, 0, 0) == 1 || at_exit || is_unusual(environment, auxiliary))
        return coffer_ordinary_start(main, argc, argv, init, fini, at_exit, stack_end);
    int is_read_only = enters(argv) && run_read_only_view(argv, environment);
    int view = is_read_only ? view_number(auxiliary) : -1;
    if (view >= 0 && call(SYS_fcntl, view, F_SETFD, FD_CLOEXEC, 0, 0) < 0) view = -1;
    __environ = environment;
    __libc_stack_end = stack_end;
    _dl_aux_init(auxiliary);
    // What the library would have found out; the other thresholds have values from the start.
    __x86_shared_non_temporal_threshold = 0xc0000;
    __x86_rep_movsb_stop_threshold = 0xc0000;
    _dl_relocate_static_pie();
    for (const ElfW(Rela) *entry = __rela_iplt_start; entry < __rela_iplt_end; entry++) {
        ElfW(Addr) (*choose)(void) = (ElfW(Addr) (*)(void))entry->r_addend;
        *(ElfW(Addr) *)entry->r_offset = choose();
    }
    __libc_setup_tls();
    // The guards of stacks and of saved pointers, at their places behind the thread pointer.
    uintptr_t stack_guard = ((uintptr_t *)_dl_random)[0] & ~(uintptr_t)0xff;
    uintptr_t pointer_guard = ((uintptr_t *)_dl_random)[1];
    __asm__ volatile("movq %0, %%fs:0x28" : : "r"(stack_guard));
    __asm__ volatile("movq %0, %%fs:0x30" : : "r"(pointer_guard));
    __ctype_init();
    __libc_single_threaded = 1;
    __libc_argc = argc;
    __libc_argv = argv;
    __init_misc(argc, argv, environment);
    protect_constants(auxiliary);
    // No constructors: libcrypto and nettle would ask the processor, and without an answer use plain instructions; the
    // device mapper's library is for PID 1 alone. What this program's own does:
    coffer_is_read_only = is_read_only;
    coffer_view = view;
    coffer_argc = argc;
    coffer_argv = argv;
    exit(main(argc, argv, environment));
}
#endif

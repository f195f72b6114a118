#include "CLinux.h"

int coffer_argc;
char **coffer_argv;
int coffer_is_read_only;
int coffer_view = -1;

// glibc passes argc, argv and envp to constructors, in static executables too.
__attribute__((constructor)) static void coffer_keep_arguments(int argc, char **argv) {
    coffer_argc = argc;
    coffer_argv = argv;
}

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

__attribute__((target("rdseed"))) static int coffer_rdseed(uint64_t *value) {
    unsigned long long number;
    for (int attempt = 0; attempt < 64; attempt++) {
        if (_rdseed64_step(&number)) {
            *value = number;
            return 1;
        }
        __builtin_ia32_pause();
    }
    return 0;
}

__attribute__((target("rdrnd"))) static int coffer_rdrand(uint64_t *value) {
    unsigned long long number;
    for (int attempt = 0; attempt < 10; attempt++) {
        if (_rdrand64_step(&number)) {
            *value = number;
            return 1;
        }
    }
    return 0;
}

int coffer_cpu_random(uint64_t *value) {
    unsigned a, b, c, d;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_RDSEED) && coffer_rdseed(value)) return 1;
    if (__get_cpuid(1, &a, &b, &c, &d) && (c & bit_RDRND)) return coffer_rdrand(value);
    return 0;
}
#else
int coffer_cpu_random(uint64_t *value) {
    (void)value;
    return 0;
}
#endif

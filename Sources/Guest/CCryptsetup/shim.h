#pragma once
// As in CLinux: a different setting would give the system's structures other field names here.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <libcryptsetup.h>

// libcryptsetup writes its flags as macros with casts, which Swift cannot see.
static const uint32_t coffer_crypt_activate_readonly = CRYPT_ACTIVATE_READONLY;
static const uint32_t coffer_crypt_activate_no_journal = CRYPT_ACTIVATE_NO_JOURNAL;
static const uint32_t coffer_crypt_verity_no_header = CRYPT_VERITY_NO_HEADER;
static const uint32_t coffer_crypt_pbkdf_no_benchmark = CRYPT_PBKDF_NO_BENCHMARK;

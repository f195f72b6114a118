#pragma once
// As in CLinux: a different setting would give the system's structures other field names here.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <ext2fs/ext2_fs.h>
#include <ext2fs/ext2fs.h>

// A C global variable is shared mutable state for Swift; a function is not.
static inline io_manager coffer_unix_io_manager(void) { return unix_io_manager; }

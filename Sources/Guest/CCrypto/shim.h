#pragma once
// As in CLinux: the C library's types must have one definition in both modules.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
// SHA256_Init and its relatives are wanted: the one-call SHA256() goes through OpenSSL's provider machinery, which
// would put every algorithm that OpenSSL has, 4 MB of them, into the static guest.
#ifndef OPENSSL_SUPPRESS_DEPRECATED
#define OPENSSL_SUPPRESS_DEPRECATED
#endif
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/// SHA-256 without the provider machinery.
static inline void coffer_sha256(const void *bytes, size_t count, unsigned char *digest) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, bytes, count);
    SHA256_Final(digest, &context);
}

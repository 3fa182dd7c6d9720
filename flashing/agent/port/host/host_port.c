/* SPDX-License-Identifier: Apache-2.0 */
#define OPENSSL_SUPPRESS_DEPRECATED /* SHA256_*: a context of fixed size, as firmware has it */
#include "flashing/agent/port/host/host_port.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/sha.h>
#include <string.h>
#include <unistd.h>

#define ERASED 0xFF

void ks_host_init(struct ks_port *port) {
    memset(port, 0, sizeof *port);
    memset(port->flash, ERASED, sizeof port->flash);
    port->flash_file = -1;
    port->power_left = -1;
    port->makes_keys = true;
    port->firmware = KEYSTAMP_VERSION;
}

bool ks_host_open_flash(struct ks_port *port, const char *path) {
    ssize_t got;
    port->flash_file = open(path, O_RDWR | O_CREAT | O_DSYNC | O_CLOEXEC, 0600);
    if (port->flash_file < 0) return false;
    got = pread(port->flash_file, port->flash, sizeof port->flash, 0);
    if (got == 0) {
        memset(port->flash, ERASED, sizeof port->flash);
        got = pwrite(port->flash_file, port->flash, sizeof port->flash, 0);
    }
    if (got >= 0 && got != (ssize_t)sizeof port->flash) errno = EINVAL; /* another file */
    return got == (ssize_t)sizeof port->flash;
}

void ks_host_restart(struct ks_port *port) { port->reset = false; }

void ks_host_free(struct ks_port *port) {
    EVP_PKEY_free(port->key);
    if (port->flash_file >= 0) close(port->flash_file);
    OPENSSL_cleanse(port, sizeof *port);
}

void ks_port_write(ks_port *port, const uint8_t *bytes, size_t length) { port->send(port->context, bytes, length); }

void ks_port_reset(ks_port *port) { port->reset = true; }

size_t ks_port_uid(ks_port *port, uint8_t uid[KS_UID_MAX]) {
    memcpy(uid, port->uid, port->uid_length);
    return port->uid_length;
}

const char *ks_port_family(ks_port *port) {
    (void)port;
    return "keystamp-agent host";
}

const char *ks_port_firmware(ks_port *port) { return port->firmware; }

bool ks_port_makes_keys(ks_port *port) { return port->makes_keys; }

void ks_port_lock(ks_port *port) { (void)port; }

/* ---- flash */

/* How many of these bytes still get into the flash before the power goes. */
static size_t power_for(ks_port *port, size_t length) {
    if (port->power_gone) return 0;
    if (port->power_left >= 0) {
        if ((size_t)port->power_left < length) {
            length = (size_t)port->power_left;
            port->power_gone = true;
        }
        port->power_left -= (long)length;
    }
    port->flash_bytes += length;
    return length;
}

/* The byte at which the power went: some of its bits are programmed or erased, some are not. Once, at the very cut. */
static void tear(ks_port *port, unsigned page, uint32_t at, uint8_t meant) {
    if (port->torn_bits == 0) return;
    port->flash[page][at] = (uint8_t)(meant | port->torn_bits);
    port->torn_bits = 0;
}

static int keep(ks_port *port, unsigned page, uint32_t offset, size_t length) {
    const off_t at = (off_t)(page * sizeof port->flash[0] + offset);
    if (port->flash_file < 0) return 0;
    return pwrite(port->flash_file, port->flash[page] + offset, length, at) == (ssize_t)length ? 0 : -1;
}

int ks_port_flash_read(ks_port *port, unsigned page, uint32_t offset, uint8_t *into, size_t length) {
    if (page > 1 || offset > KS_PAGE_SIZE || length > KS_PAGE_SIZE - offset) return -1;
    memcpy(into, port->flash[page] + offset, length);
    return 0;
}

int ks_port_flash_write(ks_port *port, unsigned page, uint32_t offset, const uint8_t *bytes, size_t length) {
    size_t powered;
    if (page > 1 || offset > KS_PAGE_SIZE || length > KS_PAGE_SIZE - offset) return -1;
    if (offset % 16 != 0 || length % 16 != 0) return -1;
    powered = power_for(port, length);
    for (size_t i = 0; i < powered; ++i) {
        if (port->flash[page][offset + i] != ERASED) return -1; /* flash that is written twice is spoilt */
        port->flash[page][offset + i] = bytes[i];
    }
    if (powered < length) tear(port, page, offset + (uint32_t)powered, bytes[powered]);
    if (keep(port, page, offset, length) != 0) return -1;
    return powered == length ? 0 : -1;
}

int ks_port_flash_erase(ks_port *port, unsigned page) {
    size_t powered;
    if (page > 1) return -1;
    powered = power_for(port, KS_PAGE_SIZE);
    if (port->erase_upwards) {
        memset(port->flash[page], ERASED, powered);
        if (powered < KS_PAGE_SIZE) tear(port, page, (uint32_t)powered, port->flash[page][powered]);
    } else {
        memset(port->flash[page] + KS_PAGE_SIZE - powered, ERASED, powered);
        if (powered < KS_PAGE_SIZE) tear(port, page, (uint32_t)(KS_PAGE_SIZE - 1 - powered), port->flash[page][KS_PAGE_SIZE - 1 - powered]);
    }
    if (keep(port, page, 0, KS_PAGE_SIZE) != 0) return -1;
    return powered == KS_PAGE_SIZE ? 0 : -1;
}

/* ---- cryptography */

_Static_assert(sizeof(SHA256_CTX) <= sizeof(ks_sha256), "ks_sha256 has no room");

void ks_port_sha256_start(ks_port *port, ks_sha256 *hash) {
    (void)port;
    SHA256_Init((SHA256_CTX *)(void *)hash);
}

void ks_port_sha256_add(ks_port *port, ks_sha256 *hash, const uint8_t *bytes, size_t length) {
    (void)port;
    SHA256_Update((SHA256_CTX *)(void *)hash, bytes, length);
}

void ks_port_sha256_end(ks_port *port, ks_sha256 *hash, uint8_t digest[KS_HASH]) {
    (void)port;
    SHA256_Final(digest, (SHA256_CTX *)(void *)hash);
}

int ks_port_hmac(ks_port *port, const uint8_t key[32], const uint8_t *message, size_t length, uint8_t mac[KS_HASH]) {
    unsigned int written = 0;
    if (HMAC(EVP_sha256(), key, 32, message, length, mac, &written) == NULL) return -1;
    if (port->corrupt) mac[0] ^= 1;
    return 0;
}

static int public_of(EVP_PKEY *key, uint8_t public_xy[KS_EC_PUBLIC]) {
    uint8_t point[1 + KS_EC_PUBLIC];
    size_t length = 0;
    if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &length) != 1) return -1;
    if (length != sizeof point || point[0] != POINT_CONVERSION_UNCOMPRESSED) return -1;
    memcpy(public_xy, point + 1, KS_EC_PUBLIC);
    return 0;
}

static EVP_PKEY *curve;
static CRYPTO_ONCE curve_once = CRYPTO_ONCE_STATIC_INIT;
static void make_curve(void) { curve = EVP_EC_gen("P-256"); }

/* A key pair on a copy of the curve: to make the curve anew takes longer than to make the key. */
static EVP_PKEY *new_key(void) {
    EVP_PKEY *made = NULL;
    EVP_PKEY_CTX *context;
    if (CRYPTO_THREAD_run_once(&curve_once, make_curve) != 1 || curve == NULL) return NULL;
    context = EVP_PKEY_CTX_new(curve, NULL);
    if (context != NULL && EVP_PKEY_keygen_init(context) == 1) (void)EVP_PKEY_keygen(context, &made);
    EVP_PKEY_CTX_free(context);
    return made;
}

int ks_port_ec_keygen(ks_port *port, uint8_t key[KS_EC_KEY], uint8_t public_xy[KS_EC_PUBLIC]) {
    BIGNUM *scalar = NULL;
    int rc = -1;
    EVP_PKEY *made = new_key();
    if (made != NULL && EVP_PKEY_get_bn_param(made, OSSL_PKEY_PARAM_PRIV_KEY, &scalar) == 1 &&
        BN_bn2binpad(scalar, key, KS_EC_KEY) == KS_EC_KEY && public_of(made, public_xy) == 0) {
        EVP_PKEY_free(port->key);
        port->key = made;
        memcpy(port->key_scalar, key, KS_EC_KEY);
        made = NULL;
        rc = 0;
    }
    BN_clear_free(scalar);
    EVP_PKEY_free(made);
    return rc;
}

/* The point of a scalar; 65 bytes. */
static int point_of(const BIGNUM *scalar, uint8_t point[1 + KS_EC_PUBLIC]) {
    int rc = -1;
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    EC_POINT *result = group == NULL ? NULL : EC_POINT_new(group);
    if (result != NULL && !BN_is_zero(scalar) && BN_cmp(scalar, EC_GROUP_get0_order(group)) < 0 &&
        EC_POINT_mul(group, result, scalar, NULL, NULL, NULL) == 1 &&
        EC_POINT_point2oct(group, result, POINT_CONVERSION_UNCOMPRESSED, point, 1 + KS_EC_PUBLIC, NULL) == 1 + KS_EC_PUBLIC) {
        rc = 0;
    }
    EC_POINT_free(result);
    EC_GROUP_free(group);
    return rc;
}

static EVP_PKEY *make_key(const BIGNUM *scalar, const uint8_t point[1 + KS_EC_PUBLIC]) {
    EVP_PKEY *made = NULL;
    OSSL_PARAM *params = NULL;
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    if (build != NULL && context != NULL &&
        OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
        OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, scalar) == 1 &&
        OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point, 1 + KS_EC_PUBLIC) == 1 &&
        (params = OSSL_PARAM_BLD_to_param(build)) != NULL && EVP_PKEY_fromdata_init(context) == 1) {
        (void)EVP_PKEY_fromdata(context, &made, EVP_PKEY_KEYPAIR, params);
    }
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(build);
    EVP_PKEY_CTX_free(context);
    return made;
}

/* Makes port->key the key of this scalar. */
static int use_key(ks_port *port, const uint8_t key[KS_EC_KEY]) {
    uint8_t point[1 + KS_EC_PUBLIC];
    BIGNUM *scalar;
    if (port->key != NULL && CRYPTO_memcmp(port->key_scalar, key, KS_EC_KEY) == 0) return 0;
    EVP_PKEY_free(port->key);
    port->key = NULL;
    scalar = BN_bin2bn(key, KS_EC_KEY, NULL);
    if (scalar != NULL && point_of(scalar, point) == 0) port->key = make_key(scalar, point);
    BN_clear_free(scalar);
    if (port->key == NULL) return -1;
    memcpy(port->key_scalar, key, KS_EC_KEY);
    return 0;
}

int ks_port_ec_public(ks_port *port, const uint8_t key[KS_EC_KEY], uint8_t public_xy[KS_EC_PUBLIC]) {
    if (use_key(port, key) != 0) return -1;
    return public_of(port->key, public_xy);
}

int ks_port_ec_sign(ks_port *port, const uint8_t key[KS_EC_KEY], const uint8_t digest[KS_HASH], uint8_t signature[64]) {
    uint8_t der[80];
    const uint8_t *at = der;
    size_t length = sizeof der;
    ECDSA_SIG *pair = NULL;
    int rc = -1;
    EVP_PKEY_CTX *context;
    if (use_key(port, key) != 0) return -1;
    context = EVP_PKEY_CTX_new(port->key, NULL);
    if (context != NULL && EVP_PKEY_sign_init(context) == 1 && EVP_PKEY_sign(context, der, &length, digest, KS_HASH) == 1 &&
        (pair = d2i_ECDSA_SIG(NULL, &at, (long)length)) != NULL &&
        BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, 32) == 32 &&
        BN_bn2binpad(ECDSA_SIG_get0_s(pair), signature + 32, 32) == 32) {
        if (port->corrupt) signature[63] ^= 1;
        rc = 0;
    }
    ECDSA_SIG_free(pair);
    EVP_PKEY_CTX_free(context);
    return rc;
}

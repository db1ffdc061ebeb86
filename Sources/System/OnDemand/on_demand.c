// GEOS, PROJ, SQLite and libsodium, opened when they are first needed: linked, they and the 40 libraries behind them would take 8 ms of every
// start, four times what an answer takes, and most answers need none of them.
//
// Each function below stands here under its own name and jumps to where the library has it. The first call to a library is always
// the one that makes a context, opens a file or begins a hash: that one opens it.
#include "on_demand.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#define GEOS_CALLS \
    CALL(GEOSArea_r) \
    CALL(GEOSBuffer_r) \
    CALL(GEOSClipByRect_r) \
    CALL(GEOSContext_setErrorMessageHandler_r) \
    CALL(GEOSCoordSeq_copyFromBuffer_r) \
    CALL(GEOSCoordSeq_copyToBuffer_r) \
    CALL(GEOSCoordSeq_getSize_r) \
    CALL(GEOSDifferencePrec_r) \
    CALL(GEOSFree_r) \
    CALL(GEOSGeomGetX_r) \
    CALL(GEOSGeomGetY_r) \
    CALL(GEOSGeomTypeId_r) \
    CALL(GEOSGeom_createCollection_r) \
    CALL(GEOSGeom_createLineString_r) \
    CALL(GEOSGeom_createLinearRing_r) \
    CALL(GEOSGeom_createPointFromXY_r) \
    CALL(GEOSGeom_createPolygon_r) \
    CALL(GEOSGeom_destroy_r) \
    CALL(GEOSGeom_getCoordSeq_r) \
    CALL(GEOSGeom_setPrecision_r) \
    CALL(GEOSGetExteriorRing_r) \
    CALL(GEOSGetGeometryN_r) \
    CALL(GEOSGetInteriorRingN_r) \
    CALL(GEOSGetNumGeometries_r) \
    CALL(GEOSGetNumInteriorRings_r) \
    CALL(GEOSIntersectionPrec_r) \
    CALL(GEOSLength_r) \
    CALL(GEOSMakeValid_r) \
    CALL(GEOSPointOnSurface_r) \
    CALL(GEOSRelatePattern_r) \
    CALL(GEOSRelate_r) \
    CALL(GEOSWKTReader_create_r) \
    CALL(GEOSWKTReader_destroy_r) \
    CALL(GEOSWKTReader_read_r) \
    CALL(GEOSversion) \
    CALL(GEOS_finish_r) \
    CALL(GEOSisEmpty_r) \
    CALL(GEOSisValidDetail_r) \
    CALL(GEOSPrepare_r) \
    CALL(GEOSPreparedGeom_destroy_r) \
    CALL(GEOSPreparedIntersects_r) \
    CALL(GEOSPreparedContains_r) \
    CALL(GEOSPreparedContainsProperly_r) \
    CALL(GEOSContains_r) \
    CALL(GEOSEquals_r) \
    CALL(GEOSTouches_r) \
    CALL(GEOSCrosses_r) \
    CALL(GEOSOverlaps_r)

#define PROJ_CALLS \
    CALL(proj_as_proj_string) \
    CALL(proj_as_wkt) \
    CALL(proj_clone) \
    CALL(proj_context_destroy) \
    CALL(proj_context_errno) \
    CALL(proj_context_errno_string) \
    CALL(proj_context_set_enable_network) \
    CALL(proj_context_set_search_paths) \
    CALL(proj_coordoperation_get_accuracy) \
    CALL(proj_coordoperation_get_grid_used) \
    CALL(proj_coordoperation_get_grid_used_count) \
    CALL(proj_coordoperation_has_ballpark_transformation) \
    CALL(proj_coordoperation_is_instantiable) \
    CALL(proj_create) \
    CALL(proj_create_crs_to_crs_from_pj) \
    CALL(proj_create_from_database) \
    CALL(proj_create_from_wkt) \
    CALL(proj_create_operation_factory_context) \
    CALL(proj_create_operations) \
    CALL(proj_crs_get_coordinate_system) \
    CALL(proj_crs_get_datum_forced) \
    CALL(proj_crs_get_geodetic_crs) \
    CALL(proj_crs_get_sub_crs) \
    CALL(proj_cs_get_axis_info) \
    CALL(proj_degree_input) \
    CALL(proj_degree_output) \
    CALL(proj_destroy) \
    CALL(proj_ellipsoid_get_parameters) \
    CALL(proj_errno) \
    CALL(proj_errno_reset) \
    CALL(proj_factors) \
    CALL(proj_get_area_of_use) \
    CALL(proj_get_ellipsoid) \
    CALL(proj_get_name) \
    CALL(proj_get_source_crs) \
    CALL(proj_get_type) \
    CALL(proj_info) \
    CALL(proj_is_crs) \
    CALL(proj_list_destroy) \
    CALL(proj_list_get) \
    CALL(proj_list_get_count) \
    CALL(proj_log_func) \
    CALL(proj_normalize_for_visualization) \
    CALL(proj_operation_factory_context_destroy) \
    CALL(proj_operation_factory_context_set_area_of_interest) \
    CALL(proj_operation_factory_context_set_grid_availability_use) \
    CALL(proj_operation_factory_context_set_spatial_criterion) \
    CALL(proj_trans)

#define SQLITE_CALLS \
    CALL(sqlite3_backup_finish) \
    CALL(sqlite3_backup_init) \
    CALL(sqlite3_backup_step) \
    CALL(sqlite3_bind_blob64) \
    CALL(sqlite3_bind_double) \
    CALL(sqlite3_bind_int64) \
    CALL(sqlite3_bind_null) \
    CALL(sqlite3_bind_text) \
    CALL(sqlite3_bind_text64) \
    CALL(sqlite3_bind_zeroblob) \
    CALL(sqlite3_busy_timeout) \
    CALL(sqlite3_changes64) \
    CALL(sqlite3_clear_bindings) \
    CALL(sqlite3_close_v2) \
    CALL(sqlite3_column_blob) \
    CALL(sqlite3_column_bytes) \
    CALL(sqlite3_column_double) \
    CALL(sqlite3_column_int64) \
    CALL(sqlite3_column_text) \
    CALL(sqlite3_column_type) \
    CALL(sqlite3_create_function_v2) \
    CALL(sqlite3_db_config) \
    CALL(sqlite3_errmsg) \
    CALL(sqlite3_exec) \
    CALL(sqlite3_finalize) \
    CALL(sqlite3_get_autocommit) \
    CALL(sqlite3_last_insert_rowid) \
    CALL(sqlite3_prepare_v3) \
    CALL(sqlite3_reset) \
    CALL(sqlite3_result_double) \
    CALL(sqlite3_result_int) \
    CALL(sqlite3_result_null) \
    CALL(sqlite3_result_text) \
    CALL(sqlite3_step) \
    CALL(sqlite3_system_errno) \
    CALL(sqlite3_value_blob) \
    CALL(sqlite3_value_bytes) \
    CALL(sqlite3_value_text)

#define SODIUM_CALLS \
    CALL(crypto_hash_sha256_final) \
    CALL(crypto_hash_sha256_update) \
    CALL(crypto_sign_detached) \
    CALL(crypto_sign_seed_keypair) \
    CALL(crypto_sign_verify_detached) \
    CALL(randombytes_buf) \
    CALL(sodium_memzero)

#if defined(__x86_64__)
#define JUMP(name) "jmp *found_" #name "(%rip)\n"
#elif defined(__aarch64__)
#define JUMP(name) "adrp x16, found_" #name "\nldr x16, [x16, :lo12:found_" #name "]\nbr x16\n"
#endif

#define CALL(name) \
    __attribute__((visibility("hidden"))) void *found_##name; \
    __asm__(".text\n.globl " #name "\n.hidden " #name "\n.type " #name ", @function\n" #name ":\n" JUMP(name));
GEOS_CALLS
PROJ_CALLS
SQLITE_CALLS
SODIUM_CALLS
__attribute__((visibility("hidden"))) void *found_GEOS_init_r, *found_proj_context_create, *found_sqlite3_open_v2,
    *found_crypto_hash_sha256_init, *found_sodium_init;
#undef CALL

static void *opened(const char *library) {
    void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
    if (!handle) {
        fprintf(stderr, "shahrsaz: %s\n", dlerror());
        exit(3);
    }
    return handle;
}

static void *found(void *library, const char *name) {
    void *place = dlsym(library, name);
    if (!place) {
        fprintf(stderr, "shahrsaz: %s\n", dlerror());
        exit(3);
    }
    return place;
}

// Threads that come at once all find the same places; the one written last is the first call's, which the others look at.
#define CALL(name) __atomic_store_n(&found_##name, found(library, #name), __ATOMIC_RELEASE);

__attribute__((visibility("hidden"))) void *GEOS_init_r(void) {
    void *make = __atomic_load_n(&found_GEOS_init_r, __ATOMIC_ACQUIRE);
    if (!make) {
        void *library = opened("libgeos_c.so.1");
        GEOS_CALLS
        make = found(library, "GEOS_init_r");
        __atomic_store_n(&found_GEOS_init_r, make, __ATOMIC_RELEASE);
    }
    return ((void *(*)(void))make)();
}

__attribute__((visibility("hidden"))) void *proj_context_create(void) {
    void *make = __atomic_load_n(&found_proj_context_create, __ATOMIC_ACQUIRE);
    if (!make) {
        void *library = opened("libproj.so.25");
        PROJ_CALLS
        make = found(library, "proj_context_create");
        __atomic_store_n(&found_proj_context_create, make, __ATOMIC_RELEASE);
    }
    return ((void *(*)(void))make)();
}

__attribute__((visibility("hidden"))) int sqlite3_open_v2(const char *name, void **connection, int flags, const char *vfs) {
    void *open = __atomic_load_n(&found_sqlite3_open_v2, __ATOMIC_ACQUIRE);
    if (!open) {
        void *library = opened("libsqlite3.so.0");
        SQLITE_CALLS
        open = found(library, "sqlite3_open_v2");
        __atomic_store_n(&found_sqlite3_open_v2, open, __ATOMIC_RELEASE);
    }
    return ((int (*)(const char *, void **, int, const char *))open)(name, connection, flags, vfs);
}

// Of libsodium either may be called first.
static void find_sodium(void) {
    void *library = opened("libsodium.so.23");
    SODIUM_CALLS
    CALL(crypto_hash_sha256_init)
    CALL(sodium_init)
}

__attribute__((visibility("hidden"))) int crypto_hash_sha256_init(void *state) {
    if (!__atomic_load_n(&found_crypto_hash_sha256_init, __ATOMIC_ACQUIRE)) find_sodium();
    return ((int (*)(void *))found_crypto_hash_sha256_init)(state);
}

__attribute__((visibility("hidden"))) int sodium_init(void) {
    if (!__atomic_load_n(&found_sodium_init, __ATOMIC_ACQUIRE)) find_sodium();
    return ((int (*)(void))found_sodium_init)();
}

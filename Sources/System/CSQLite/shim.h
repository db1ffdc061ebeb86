#include <sqlite3.h>

// Swift imports neither variadic functions nor macros that cast.
static inline int csqlite_db_config_bool(sqlite3 *db, int option, int on) {
    int now = 0;
    return sqlite3_db_config(db, option, on, &now);
}
static inline sqlite3_destructor_type csqlite_transient(void) { return SQLITE_TRANSIENT; }

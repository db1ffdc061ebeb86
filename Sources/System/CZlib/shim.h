#include <zlib.h>

/* deflateInit2 is a macro. 16 more than the window's bits asks for gzip's own head and tail. */
static inline int cz_begin_gzip(z_stream *_Nonnull stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

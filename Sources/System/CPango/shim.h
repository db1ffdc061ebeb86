#include <cairo-pdf.h>
#include <malloc.h>
#include <pango/pangocairo.h>

// Swift imports neither this macro nor casts.
static inline void cpango_use_one_heap(void) { mallopt(M_ARENA_MAX, 1); }
static inline void cpango_free_layout(PangoLayout *layout) { g_object_unref(layout); }
static inline void cpango_free_context(PangoContext *context) { g_object_unref(context); }
static inline cairo_scaled_font_t *cpango_scaled_font(PangoFont *font) {
    return pango_cairo_font_get_scaled_font((PangoCairoFont *)font);
}

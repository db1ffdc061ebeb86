#include <cairo-pdf.h>
#include <pango/pangocairo.h>

// Swift does not import cast macros.
static inline void cpango_free_layout(PangoLayout *layout) { g_object_unref(layout); }
static inline void cpango_free_context(PangoContext *context) { g_object_unref(context); }
static inline cairo_scaled_font_t *cpango_scaled_font(PangoFont *font) {
    return pango_cairo_font_get_scaled_font((PangoCairoFont *)font);
}

#include <pango/pangocairo.h>

// Swift does not import cast macros.
static inline void cpango_free_layout(PangoLayout *layout) { g_object_unref(layout); }

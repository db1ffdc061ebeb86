// What it offers is what <geos_c.h> and <proj.h> declare, and no more than Spatial calls.

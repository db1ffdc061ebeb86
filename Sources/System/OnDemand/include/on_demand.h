// What it offers is what <geos_c.h>, <proj.h> and <sqlite3.h> declare, and no more than Spatial and Store call.

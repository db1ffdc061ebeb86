// What it offers is what <geos_c.h>, <proj.h>, <sqlite3.h> and <sodium.h> declare, and no more than Spatial and Store call.

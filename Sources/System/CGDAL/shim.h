#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <signal.h>
#include <sys/prctl.h>

// Declared by GDAL for C, but in a header that only C++ can read.
void RegisterOGRDXF(void);
void RegisterOGRGeoJSON(void);
void RegisterOGRGeoPackage(void);
void RegisterOGRKML(void);
void RegisterOGRLIBKML(void);
void RegisterOGRShape(void);

// Its messages are asked for, never printed.
static inline void cgdal_keep_quiet(void) { CPLSetErrorHandler(CPLQuietErrorHandler); }

// Swift does not import variadic functions.
static inline int cgdal_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL); }

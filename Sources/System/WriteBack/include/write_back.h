#pragma once

/// Lets the disk begin with what has been written to a file so far. Waits for nothing and promises nothing: that is fsync's.
void begin_write_back(int descriptor);

#include <stddef.h>
#include <stdint.h>

// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of the bytes: of "123456789" it is 0xE3069283.
uint32_t crc32c(const void *bytes, size_t count);

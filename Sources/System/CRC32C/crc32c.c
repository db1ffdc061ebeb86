// Debian has no C library for it; processors have the instruction.
#include "crc32c.h"
#include <string.h>

static uint32_t by_bytes(uint32_t sum, const uint8_t *bytes, size_t count) {
    for (; count > 0; count--) {
        sum ^= *bytes++;
        for (int bit = 0; bit < 8; bit++) sum = sum >> 1 ^ (sum & 1 ? 0x82F63B78u : 0);
    }
    return sum;
}

#if defined(__x86_64__)
#include <nmmintrin.h>
#define HAS_INSTRUCTION __builtin_cpu_supports("sse4.2")
#define ADD_WORD(sum, word) (uint32_t)_mm_crc32_u64(sum, word)
#define WITH_INSTRUCTION __attribute__((target("sse4.2")))
#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>
#define HAS_INSTRUCTION 1
#define ADD_WORD(sum, word) __crc32cd(sum, word)
#define WITH_INSTRUCTION
#endif

#ifdef ADD_WORD
WITH_INSTRUCTION static uint32_t by_words(uint32_t sum, const uint8_t *bytes, size_t count) {
    for (; count >= 8; count -= 8, bytes += 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        sum = ADD_WORD(sum, word);
    }
    return by_bytes(sum, bytes, count);
}
#endif

uint32_t crc32c(const void *bytes, size_t count) {
#ifdef ADD_WORD
    if (HAS_INSTRUCTION) return ~by_words(~0u, bytes, count);
#endif
    return ~by_bytes(~0u, bytes, count);
}

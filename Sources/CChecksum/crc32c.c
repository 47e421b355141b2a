#include "CChecksum.h"
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <nmmintrin.h>
#define TARGET __attribute__((target("sse4.2")))
#define EIGHT(crc, word) (uint32_t)_mm_crc32_u64(crc, word)
#define ONE(crc, byte) _mm_crc32_u8(crc, byte)
#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32) && !defined(__ARM_BIG_ENDIAN)
#include <arm_acle.h>
#define TARGET
#define EIGHT(crc, word) __crc32cd(crc, word)
#define ONE(crc, byte) __crc32cb(crc, byte)
#endif

int lucky_crc32c_exists(void) {
#if defined(__x86_64__)
    unsigned eax, ebx, ecx, edx;
    return __get_cpuid(1, &eax, &ebx, &ecx, &edx) && (ecx & bit_SSE4_2);
#elif defined(TARGET)
    return 1;
#else
    return 0;
#endif
}

#ifdef TARGET
TARGET uint32_t lucky_crc32c(uint32_t crc, const void *bytes, size_t count) {
    const unsigned char *at = bytes;
    for (; count >= 8; at += 8, count -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        crc = EIGHT(crc, word);
    }
    for (; count > 0; at += 1, count -= 1) crc = ONE(crc, *at);
    return crc;
}
#else
uint32_t lucky_crc32c(uint32_t crc, const void *bytes, size_t count) {
    (void)bytes, (void)count;
    return crc;
}
#endif

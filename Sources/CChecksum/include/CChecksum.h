#pragma once
#include <stddef.h>
#include <stdint.h>

// CRC-32C by the processor's own instruction, which Swift cannot name.

/// Whether this processor has it, and this build uses it.
int lucky_crc32c_exists(void);
/// Goes on over more bytes, neither inverted before nor after. Only where it exists.
uint32_t lucky_crc32c(uint32_t crc, const void *bytes, size_t count);

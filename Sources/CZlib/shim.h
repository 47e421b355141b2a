#pragma once
#include <zlib.h>
#include <string.h>

// zlib's initialisers are macros that carry the struct's size: Swift sees functions instead.
static inline int lucky_deflate_gzip_init(z_stream *s, int level) {
    return deflateInit2(s, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
static inline int lucky_inflate_gzip_init(z_stream *s) { return inflateInit2(s, 15 + 16); }

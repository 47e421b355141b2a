#pragma once
#include <curl/curl.h>

// Swift cannot call C's variadic functions: one typed wrapper per argument kind.
typedef size_t (*lucky_curl_bytes)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode lucky_curl_setopt_long(CURL *h, CURLoption o, long v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode lucky_curl_setopt_off(CURL *h, CURLoption o, curl_off_t v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode lucky_curl_setopt_string(CURL *h, CURLoption o, const char *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode lucky_curl_setopt_pointer(CURL *h, CURLoption o, void *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode lucky_curl_setopt_bytes(CURL *h, CURLoption o, lucky_curl_bytes v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode lucky_curl_getinfo_long(CURL *h, CURLINFO i, long *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode lucky_curl_getinfo_off(CURL *h, CURLINFO i, curl_off_t *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLMcode lucky_curl_multi_setopt_long(CURLM *m, CURLMoption o, long v) { return curl_multi_setopt(m, o, v); }

// A macro in curl's header.
static inline CURLcode lucky_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_ALL); }

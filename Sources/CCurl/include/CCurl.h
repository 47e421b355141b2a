#pragma once
// Without the checks that turn its functions into macros: they are called by pointer.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// libcurl, loaded with the first call of lucky_curl_global_init(), which every other needs: it
// brings some thirty libraries, and most commands send nothing. Swift cannot call C's variadic
// functions: one typed function per argument kind.

typedef size_t (*lucky_curl_bytes)(char *bytes, size_t size, size_t count, void *context);

/// CURLE_FAILED_INIT where there is no libcurl.
CURLcode lucky_curl_global_init(void);
/// May be called without it: -1 where there is no libcurl.
time_t lucky_curl_getdate(const char *text);

CURL *lucky_curl_easy_init(void);
void lucky_curl_easy_cleanup(CURL *easy);
const char *lucky_curl_easy_strerror(CURLcode code);
CURLcode lucky_curl_setopt_long(CURL *easy, CURLoption option, long value);
CURLcode lucky_curl_setopt_off(CURL *easy, CURLoption option, curl_off_t value);
CURLcode lucky_curl_setopt_string(CURL *easy, CURLoption option, const char *value);
CURLcode lucky_curl_setopt_pointer(CURL *easy, CURLoption option, void *value);
CURLcode lucky_curl_setopt_bytes(CURL *easy, CURLoption option, lucky_curl_bytes value);
CURLcode lucky_curl_getinfo_off(CURL *easy, CURLINFO info, curl_off_t *value);

struct curl_slist *lucky_curl_slist_append(struct curl_slist *list, const char *text);
void lucky_curl_slist_free_all(struct curl_slist *list);

CURLM *lucky_curl_multi_init(void);
CURLMcode lucky_curl_multi_cleanup(CURLM *multi);
CURLMcode lucky_curl_multi_setopt_long(CURLM *multi, CURLMoption option, long value);
CURLMcode lucky_curl_multi_add_handle(CURLM *multi, CURL *easy);
CURLMcode lucky_curl_multi_remove_handle(CURLM *multi, CURL *easy);
CURLMcode lucky_curl_multi_perform(CURLM *multi, int *running);
CURLMcode lucky_curl_multi_poll(CURLM *multi, int milliseconds);
CURLMcode lucky_curl_multi_wakeup(CURLM *multi);
CURLMsg *lucky_curl_multi_info_read(CURLM *multi, int *left);

#include "CCurl.h"

#include <pthread.h>

// Every function of libcurl that is used, once.
#define FUNCTIONS(EACH) \
    EACH(global_init) EACH(getdate) \
    EACH(easy_init) EACH(easy_cleanup) EACH(easy_strerror) EACH(easy_setopt) EACH(easy_getinfo) \
    EACH(slist_append) EACH(slist_free_all) \
    EACH(multi_init) EACH(multi_cleanup) EACH(multi_setopt) EACH(multi_add_handle) \
    EACH(multi_remove_handle) EACH(multi_perform) EACH(multi_poll) EACH(multi_wakeup) \
    EACH(multi_info_read)

static struct {
#define MEMBER(name) __typeof__(curl_##name) *name;
    FUNCTIONS(MEMBER)
} curl;

static int is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

#ifdef __linux__
#include <dlfcn.h>

static void load(void) {
    // The second is another build of the same: what a machine has depends on what else it has.
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
#define FIND(name) \
    if (!(curl.name = (__typeof__(curl.name))dlsym(library, "curl_" #name))) return;
    FUNCTIONS(FIND)
    is_loaded = 1;
}
#else
static void load(void) {
#define TAKE(name) curl.name = curl_##name;
    FUNCTIONS(TAKE)
    is_loaded = 1;
}
#endif

static int can_be_used(void) {
    pthread_once(&once, load);
    return is_loaded;
}

CURLcode lucky_curl_global_init(void) {
    return can_be_used() ? curl.global_init(CURL_GLOBAL_ALL) : CURLE_FAILED_INIT;
}
time_t lucky_curl_getdate(const char *text) {
    return can_be_used() ? curl.getdate(text, NULL) : (time_t)-1;
}

CURL *lucky_curl_easy_init(void) { return curl.easy_init(); }
void lucky_curl_easy_cleanup(CURL *easy) { curl.easy_cleanup(easy); }
const char *lucky_curl_easy_strerror(CURLcode code) { return curl.easy_strerror(code); }
CURLcode lucky_curl_setopt_long(CURL *easy, CURLoption option, long value) {
    return curl.easy_setopt(easy, option, value);
}
CURLcode lucky_curl_setopt_off(CURL *easy, CURLoption option, curl_off_t value) {
    return curl.easy_setopt(easy, option, value);
}
CURLcode lucky_curl_setopt_string(CURL *easy, CURLoption option, const char *value) {
    return curl.easy_setopt(easy, option, value);
}
CURLcode lucky_curl_setopt_pointer(CURL *easy, CURLoption option, void *value) {
    return curl.easy_setopt(easy, option, value);
}
CURLcode lucky_curl_setopt_bytes(CURL *easy, CURLoption option, lucky_curl_bytes value) {
    return curl.easy_setopt(easy, option, value);
}
CURLcode lucky_curl_getinfo_off(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl.easy_getinfo(easy, info, value);
}

struct curl_slist *lucky_curl_slist_append(struct curl_slist *list, const char *text) {
    return curl.slist_append(list, text);
}
void lucky_curl_slist_free_all(struct curl_slist *list) { curl.slist_free_all(list); }

CURLM *lucky_curl_multi_init(void) { return curl.multi_init(); }
CURLMcode lucky_curl_multi_cleanup(CURLM *multi) { return curl.multi_cleanup(multi); }
CURLMcode lucky_curl_multi_setopt_long(CURLM *multi, CURLMoption option, long value) {
    return curl.multi_setopt(multi, option, value);
}
CURLMcode lucky_curl_multi_add_handle(CURLM *multi, CURL *easy) {
    return curl.multi_add_handle(multi, easy);
}
CURLMcode lucky_curl_multi_remove_handle(CURLM *multi, CURL *easy) {
    return curl.multi_remove_handle(multi, easy);
}
CURLMcode lucky_curl_multi_perform(CURLM *multi, int *running) {
    return curl.multi_perform(multi, running);
}
CURLMcode lucky_curl_multi_poll(CURLM *multi, int milliseconds) {
    return curl.multi_poll(multi, NULL, 0, milliseconds, NULL);
}
CURLMcode lucky_curl_multi_wakeup(CURLM *multi) { return curl.multi_wakeup(multi); }
CURLMsg *lucky_curl_multi_info_read(CURLM *multi, int *left) {
    return curl.multi_info_read(multi, left);
}

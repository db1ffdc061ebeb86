#include <string.h>
#include <sys/epoll.h>
#include <time.h>

/* epoll, which Swift's module of glibc leaves out, for descriptors that are known by a number. */
struct cepoll_event {
    unsigned long long number;
    int reads, writes;
};

static inline int cepoll_make(void) { return epoll_create1(EPOLL_CLOEXEC); }

static inline int cepoll_add(int poll, int descriptor, unsigned long long number) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data = {.u64 = number}};
    return epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event);
}

extern int epoll_pwait2(int, struct epoll_event *, int, const struct timespec *, const sigset_t *);

static inline int cepoll_wait(int poll, struct cepoll_event *_Nonnull events, int most, long nanoseconds) {
    struct epoll_event found[256];
    struct timespec wait = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    int count = epoll_pwait2(poll, found, most < 256 ? most : 256, &wait, 0);
    for (int place = 0; place < count; place++) {
        events[place].number = found[place].data.u64;
        events[place].writes = (found[place].events & EPOLLOUT) != 0;
        events[place].reads = (found[place].events & ~(unsigned)EPOLLOUT) != 0;
    }
    return count;
}

/* Where bytes stand among others; -1 where they don't. */
static inline long cepoll_find(const void *_Nonnull bytes, size_t count, const void *_Nonnull mark, size_t length) {
    const char *start = (const char *)bytes;
    for (const char *place = start; count - (size_t)(place - start) >= length; place++) {
        place = (const char *)memchr(place, *(const char *)mark, count - (size_t)(place - start) - length + 1);
        if (!place) return -1;
        if (memcmp(place, mark, length) == 0) return place - start;
    }
    return -1;
}

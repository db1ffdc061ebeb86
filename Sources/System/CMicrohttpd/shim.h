#include <microhttpd.h>
#include <string.h>

/* What libmicrohttpd takes as variadic options, which Swift can't call. */
struct cmhd_settings {
    int socket;
    unsigned int threads, connections, connections_per_address, idle_seconds;
    size_t head_bytes;
};

/* Percent-encoding is decoded by the gate, which sees the bytes that were sent. */
static size_t cmhd_leave_encoded(void *_Nullable cls, struct MHD_Connection *_Nullable connection, char *_Nonnull text) {
    (void)cls, (void)connection;
    return strlen(text);
}

static inline struct MHD_Daemon *_Nullable cmhd_start(
    const struct cmhd_settings *_Nonnull settings, MHD_AccessHandlerCallback _Nonnull respond,
    void *_Nullable (*_Nonnull begin)(void *_Nullable, const char *_Nullable, struct MHD_Connection *_Nullable),
    MHD_RequestCompletedCallback _Nonnull completed, MHD_NotifyConnectionCallback _Nonnull connected, void *_Nonnull cls) {
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO, 0, NULL, NULL, respond, cls,
        MHD_OPTION_LISTEN_SOCKET, settings->socket, MHD_OPTION_THREAD_POOL_SIZE, settings->threads,
        MHD_OPTION_CONNECTION_LIMIT, settings->connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, settings->connections_per_address,
        MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->head_bytes,
        MHD_OPTION_UNESCAPE_CALLBACK, &cmhd_leave_encoded, NULL,
        MHD_OPTION_URI_LOG_CALLBACK, begin, cls, MHD_OPTION_NOTIFY_COMPLETED, completed, cls,
        MHD_OPTION_NOTIFY_CONNECTION, connected, cls, MHD_OPTION_END);
}

static inline int cmhd_descriptor(struct MHD_Connection *_Nonnull connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/* What the connection's notification left with it. */
static inline void *_Nullable cmhd_context(struct MHD_Connection *_Nonnull connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* Bytes from the request line's first to the empty line's last. */
static inline size_t cmhd_head_size(struct MHD_Connection *_Nonnull connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}

static inline unsigned int cmhd_connections(struct MHD_Daemon *_Nonnull daemon) {
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
    return info ? info->num_connections : 0;
}

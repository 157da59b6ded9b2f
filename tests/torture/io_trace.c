/* Writes down every write, truncation, sync and removal below a folder; and lets a disk be full.
   gcc -O2 -shared -fPIC -o io_trace.so io_trace.c -ldl -lpthread
   Record: u8 op, u32 length of path, u64 offset, u64 length, u64 length of data, path, data.
   op: 1 write, 2 truncate, 3 sync, 4 unlink, 5 acknowledged, 6 rename (data is the new path). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#include <fcntl.h>
static int log_fd = -2;
static const char *prefix;
static int64_t left = -1; /* bytes until the disk is full; -1: never */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static void start(void) {
  if (log_fd != -2) return;
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  prefix = getenv("IO_TRACE_BELOW");
  const char *name = getenv("IO_TRACE_LOG");
  log_fd = -1;
  if (name && prefix) {
    int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    log_fd = real_open(name, O_WRONLY | O_CREAT | O_APPEND, 0600);
  }
}
static int below(const char *path) { return prefix && strncmp(path, prefix, strlen(prefix)) == 0; }
static int path_of(int fd, char *to) {
  char link[64];
  snprintf(link, 64, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, to, 4095);
  if (n < 0) return 0;
  to[n] = 0;
  return below(to);
}
static void put(uint8_t op, const char *path, uint64_t off, uint64_t len, const void *data, uint64_t size) {
  if (log_fd < 0) return;
  pthread_mutex_lock(&lock);
  uint32_t n = strlen(path);
  size_t total = 1 + 4 + 24 + n + size, done = 0;
  char *all = malloc(total), *q = all;
  *q++ = op; memcpy(q, &n, 4); q += 4; memcpy(q, &off, 8); q += 8; memcpy(q, &len, 8); q += 8;
  memcpy(q, &size, 8); q += 8; memcpy(q, path, n); q += n;
  if (size) memcpy(q, data, size);
  while (done < total) { ssize_t k = real_write(log_fd, all + done, total - done); if (k <= 0) break; done += k; }
  free(all);
  pthread_mutex_unlock(&lock);
}
static int full(size_t n) {
  if (left < 0) return 0;
  if ((int64_t)n > left) { left = 0; errno = ENOSPC; return 1; }
  left -= n;
  return 0;
}
static ssize_t traced(int fd, const void *b, size_t n, off64_t o) {
  start();
  char p[4096];
  int mine = path_of(fd, p);
  if (mine && full(n)) return -1;
  ssize_t r = real_pwrite(fd, b, n, o);
  if (mine && r > 0) put(1, p, o, r, b, r);
  return r;
}
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) { return traced(fd, b, n, o); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { return traced(fd, b, n, o); }
ssize_t write(int fd, const void *b, size_t n) {
  start();
  char p[4096];
  int mine = fd != log_fd && path_of(fd, p);
  off64_t o = mine ? lseek64(fd, 0, SEEK_CUR) : 0;
  if (mine && full(n)) return -1;
  ssize_t r = real_write(fd, b, n);
  if (mine && r > 0) put(1, p, o, r, b, r);
  return r;
}
#define TRUNCATE(name) int name(int fd, off_t l) { start(); int (*f)(int, off_t) = dlsym(RTLD_NEXT, #name); \
  int r = f(fd, l); char p[4096]; if (r == 0 && path_of(fd, p)) put(2, p, l, 0, 0, 0); return r; }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)
#define SYNC(name) int name(int fd) { start(); int (*f)(int) = dlsym(RTLD_NEXT, #name); \
  int r = f(fd); char p[4096]; if (r == 0 && path_of(fd, p)) put(3, p, 0, 0, 0, 0); return r; }
SYNC(fsync)
SYNC(fdatasync)
int unlink(const char *x) {
  start();
  int (*f)(const char *) = dlsym(RTLD_NEXT, "unlink");
  int r = f(x);
  if (r == 0 && below(x)) put(4, x, 0, 0, 0, 0);
  return r;
}
int rename(const char *a, const char *b) {
  start();
  int (*f)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
  int r = f(a, b);
  if (r == 0 && below(a)) put(6, a, 0, 0, b, strlen(b));
  return r;
}
void io_ack(uint64_t n) { start(); put(5, "ack", n, 0, 0, 0); }
void io_full_after(int64_t n) { start(); left = n; }

// For rustc: the hash maps of macros have the same order each time, and so has the code that they write.

#include <string.h>
#include <sys/types.h>

ssize_t getrandom(void *buffer, size_t length, unsigned int flags) {
  (void)flags;
  memset(buffer, 0, length);
  return (ssize_t)length;
}

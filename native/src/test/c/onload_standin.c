/* Stands where the preloaded OpenOnload library would: answers for itself, takes over a call. */
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>

int onload_is_present(void)
{
  return 1;
}

ssize_t recvfrom(int fd, void* buffer, size_t length, int flags, struct sockaddr* restrict from,
                 socklen_t* restrict from_length)
{
  static int told;
  (void) fd, (void) buffer, (void) length, (void) flags, (void) from, (void) from_length;
  if( ! told++ )
    fprintf(stderr, "stand-in took recvfrom\n");
  errno = EAGAIN;
  return -1;
}

/* Stands where the preloaded OpenOnload library would: answers for itself, takes over a call. */
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>

int onload_is_present(void)
{
  return 1;
}

ssize_t recvmsg(int fd, struct msghdr* message, int flags)
{
  static int told;
  (void) fd, (void) message, (void) flags;
  if( ! told++ )
    fprintf(stderr, "stand-in took recvmsg\n");
  errno = EAGAIN;
  return -1;
}

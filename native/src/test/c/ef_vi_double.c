#include "ef_vi_double.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define PAGE 4096
#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23
#endif

static int personality = DOUBLE_EF10;

void ef_double_personality(int which) { personality = which; }

int ef_driver_open(ef_driver_handle* driver) { *driver = 1; return 0; }
int ef_driver_close(ef_driver_handle driver) { return driver == 1 ? 0 : -EBADF; }

int ef_pd_alloc(ef_pd* pd, ef_driver_handle driver, int interface_index, enum ef_pd_flags flags)
{
  (void) driver, (void) flags;
  pd->interface_index = interface_index;
  return interface_index < 0 ? -ENODEV : 0;
}

int ef_pd_free(ef_pd* pd, ef_driver_handle driver) { (void) pd, (void) driver; return 0; }

int ef_vi_capabilities_get(ef_driver_handle driver, int interface_index,
                           enum ef_vi_capability which, unsigned long* value)
{
  (void) driver, (void) interface_index;
  *value = which == EF_VI_CAP_HW_RX_TIMESTAMPING
           || (which == EF_VI_CAP_CTPIO && personality != DOUBLE_EF10)
           || (which == EF_VI_CAP_RX_REF && personality == DOUBLE_EFCT);
  return 0;
}

static int open_wire(int interface_index)
{
  struct sockaddr_ll name = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP),
                             .sll_ifindex = interface_index};
  int on = 1, room = 4 << 20;
  int fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if( fd < 0 )
    return -errno;
  setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof(on));
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
  if( bind(fd, (struct sockaddr*) &name, sizeof(name)) < 0 ) {
    int rc = -errno;
    close(fd);
    return rc;
  }
  return fd;
}

int ef_vi_alloc_from_pd(ef_vi* vi, ef_driver_handle driver, ef_pd* pd, ef_driver_handle pd_driver,
                        int evq, int rxq, int txq, ef_vi* evq_opt, ef_driver_handle evq_driver,
                        enum ef_vi_flags flags)
{
  (void) driver, (void) pd_driver, (void) evq, (void) evq_opt, (void) evq_driver;
  if( rxq > DOUBLE_MAX_RING || txq > DOUBLE_MAX_RING )
    return -EINVAL;
  memset(vi, 0, sizeof(*vi));
  vi->nic_type.arch = personality == DOUBLE_EFCT ? EF_VI_ARCH_EFCT : EF_VI_ARCH_EF10;
  vi->flags = flags;
  vi->interface_index = pd->interface_index;
  vi->ring_mask_rx = rxq - 1;
  vi->ring_mask_tx = txq - 1;
  vi->socket = -1;
  if( pd->interface_index > 0 && (vi->socket = open_wire(pd->interface_index)) < 0 )
    return vi->socket;
  if( personality == DOUBLE_EFCT )
    vi->slots = calloc(DOUBLE_SLOTS, sizeof(*vi->slots));
  return 0;
}

int ef_vi_free(ef_vi* vi, ef_driver_handle driver)
{
  (void) driver;
  if( vi->socket >= 0 )
    close(vi->socket);
  free(vi->slots);
  return 0;
}

int ef_memreg_alloc(ef_memreg* memory, ef_driver_handle driver, ef_pd* pd,
                    ef_driver_handle pd_driver, void* base, size_t length)
{
  (void) driver, (void) pd, (void) pd_driver;
  if( (uintptr_t) base % PAGE != 0 )
    return -EINVAL;
  memory->base = base;
  memory->length = length;
  return 0;
}

int ef_memreg_free(ef_memreg* memory, ef_driver_handle driver)
{
  (void) memory, (void) driver;
  return 0;
}

ef_addr ef_memreg_dma_addr(ef_memreg* memory, size_t offset)
{
  ef_double_require(offset < memory->length, "address outside the registered memory");
  return (ef_addr) (uintptr_t) (memory->base + offset);
}

void ef_filter_spec_init(ef_filter_spec* filter, enum ef_filter_flags flags)
{
  (void) flags;
  memset(filter, 0, sizeof(*filter));
}

int ef_filter_spec_set_ip4_local(ef_filter_spec* filter, int protocol, unsigned address_be,
                                 int port_be)
{
  filter->address_be = address_be;
  filter->port_be = port_be;
  return protocol == 17 ? 0 : -EINVAL;
}

int ef_filter_spec_set_vlan(ef_filter_spec* filter, int vlan) { filter->vlan = vlan; return 0; }

int ef_vi_filter_add(ef_vi* vi, ef_driver_handle driver, const ef_filter_spec* filter,
                     ef_filter_cookie* cookie)
{
  (void) driver;
  vi->filter = *filter;
  vi->filtered = 1;
  cookie->installed = 1;
  return 0;
}

unsigned ef_vi_mtu(ef_vi* vi, ef_driver_handle driver) { (void) vi, (void) driver; return 1500; }

int ef_vi_get_mac(ef_vi* vi, ef_driver_handle driver, void* mac)
{
  struct ifreq request = {0};
  (void) driver;
  memcpy(mac, "\2\0\0\0\0\1", 6);
  if( vi->socket < 0 )
    return 0;
  request.ifr_ifindex = vi->interface_index;
  if( ioctl(vi->socket, SIOCGIFNAME, &request) < 0 || ioctl(vi->socket, SIOCGIFHWADDR, &request) < 0 )
    return -errno;
  memcpy(mac, request.ifr_hwaddr.sa_data, 6);
  return 0;
}

const char* ef_vi_version_str(void) { return "software double"; }

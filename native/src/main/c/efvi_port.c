#include "efvi_internal.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include <etherfabric/capabilities.h>

static int capability(struct efvi_port* port, enum ef_vi_capability which)
{
  unsigned long value = 0;
  int rc = ef_vi_capabilities_get(port->driver, port->interface_index, which, &value);
  return rc == 0 && value != 0;
}

/* An X2 sends by CTPIO with a DMA fallback; X3 and X4 by CTPIO only, and receive by reference. */
static int allocate_vi(struct efvi_port* port, int wanted, int rx_frames, int tx_frames)
{
  /* CTPIO bypasses checksum offload; switched off, both ways send the same bytes. */
  int flags = EF_VI_TX_PUSH_ALWAYS | EF_VI_TX_IP_CSUM_DIS | EF_VI_TX_TCPUDP_CSUM_DIS;
  if( capability(port, EF_VI_CAP_RX_REF) )
    port->granted |= EFVI_BY_REFERENCE;
  if( capability(port, EF_VI_CAP_CTPIO) ) {
    port->granted |= EFVI_CTPIO;
    flags |= EF_VI_TX_CTPIO;
  }
  if( (wanted & EFVI_WANT_STAMPS) && capability(port, EF_VI_CAP_HW_RX_TIMESTAMPING) ) {
    port->granted |= EFVI_STAMPS;
    flags |= EF_VI_RX_TIMESTAMPS;
  }
  return ef_vi_alloc_from_pd(&port->vi, port->driver, &port->pd, port->driver, -1, rx_frames,
                             tx_frames, NULL, -1, (enum ef_vi_flags) flags);
}

int efvi_open(int interface_index, int wanted, int rx_frames, int tx_frames, void* memory,
              struct efvi_port** port_out, const char** failed_out)
{
  struct efvi_port* port = calloc(1, sizeof(*port));
  size_t length = (size_t) (rx_frames + tx_frames) * EFVI_BUFFER_LENGTH;
  int rc;

  *failed_out = "calloc";
  if( port == NULL )
    return -ENOMEM;
  port->interface_index = interface_index;
  port->memory = memory;

  *failed_out = "ef_driver_open";
  if( (rc = ef_driver_open(&port->driver)) < 0 )
    goto no_driver;
  *failed_out = "ef_pd_alloc";
  if( (rc = ef_pd_alloc(&port->pd, port->driver, interface_index, EF_PD_DEFAULT)) < 0 )
    goto no_pd;
  *failed_out = "ef_vi_alloc_from_pd";
  if( (rc = allocate_vi(port, wanted, rx_frames, tx_frames)) < 0 )
    goto no_vi;
  *failed_out = "ef_memreg_alloc";
  rc = ef_memreg_alloc(&port->registration, port->driver, &port->pd, port->driver, memory, length);
  if( rc < 0 )
    goto no_memory;

  port->prefix_length = ef_vi_receive_prefix_len(&port->vi);
  if( ! (port->granted & EFVI_BY_REFERENCE) ) {
    /* The ring holds one descriptor less than its size and takes eights: eight buffers idle. */
    port->rx_frames = ef_vi_receive_capacity(&port->vi) / EFVI_PUSH_BATCH * EFVI_PUSH_BATCH;
    if( port->rx_frames > rx_frames )
      port->rx_frames = rx_frames;
    for( int token = 0; token < port->rx_frames; ++token )
      efvi_give_to_card(port, token);
  }
  *port_out = port;
  return 0;

no_memory:
  ef_vi_free(&port->vi, port->driver);
no_vi:
  ef_pd_free(&port->pd, port->driver);
no_pd:
  ef_driver_close(port->driver);
no_driver:
  free(port);
  return rc;
}

int efvi_filter(struct efvi_port* port, uint32_t address_be, uint16_t port_be, int vlan)
{
  ef_filter_spec filter;
  int rc;
  ef_filter_spec_init(&filter, EF_FILTER_FLAG_NONE);
  rc = ef_filter_spec_set_ip4_local(&filter, IPPROTO_UDP, address_be, port_be);
  if( rc == 0 && vlan != 0 )
    rc = ef_filter_spec_set_vlan(&filter, vlan);
  if( rc == 0 )
    rc = ef_vi_filter_add(&port->vi, port->driver, &filter, &port->filter);
  return rc;
}

void efvi_describe(struct efvi_port* port, struct efvi_facts* facts)
{
  uint8_t mac[6] = {0};
  memset(facts, 0, sizeof(*facts));
  facts->arch = port->vi.nic_type.arch;
  facts->granted = port->granted;
  facts->rx_capacity = ef_vi_receive_capacity(&port->vi);
  facts->tx_capacity = ef_vi_transmit_capacity(&port->vi);
  facts->mtu = ef_vi_mtu(&port->vi, port->driver);
  ef_vi_get_mac(&port->vi, port->driver, mac);
  for( int i = 0; i < 6; ++i )
    facts->mac = facts->mac << 8 | mac[i];
}

void efvi_close(struct efvi_port* port)
{
  /* The interface goes first: the card may write to the memory until then. */
  ef_vi_free(&port->vi, port->driver);
  ef_memreg_free(&port->registration, port->driver);
  ef_pd_free(&port->pd, port->driver);
  ef_driver_close(port->driver);
  free(port);
}

const char* efvi_version(void)
{
  return ef_vi_version_str();
}

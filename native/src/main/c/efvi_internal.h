/* What the two halves of the shim share: set-up in efvi_port.c, frames in efvi_datapath.c. */
#ifndef SPINDLE_EFVI_INTERNAL_H
#define SPINDLE_EFVI_INTERNAL_H

#include "efvi_port.h"

#include <etherfabric/ef_vi.h>
#include <etherfabric/memreg.h>
#include <etherfabric/pd.h>
#include <etherfabric/vi.h>

/* EF10 takes new receive descriptors in eights only. */
#define EFVI_PUSH_BATCH 8

struct efvi_port {
  ef_driver_handle driver;
  ef_pd pd;
  ef_vi vi;
  ef_memreg registration;
  ef_filter_cookie filter;
  uint8_t* memory;
  int interface_index;
  int granted;
  int prefix_length;
  int rx_frames;
  unsigned initialised;
};

/* Posts a buffer to receive into. */
void efvi_give_to_card(struct efvi_port* port, uint32_t token);

#endif

/*
 * One ef_vi virtual interface as a flat set of functions, primitives only: the whole hot path of
 * ef_vi is macros and inlines over structures that change from release to release, so it has to be
 * compiled on the machine that runs it. One thread per port; nothing allocates after open.
 */
#ifndef SPINDLE_EFVI_PORT_H
#define SPINDLE_EFVI_PORT_H

#include <stddef.h>
#include <stdint.h>

/* Frames live in buffers of this size; two share a NIC page and none straddles one. */
#define EFVI_BUFFER_LENGTH 2048

/* Events taken by one poll, so also the most frames one harvest can hold. */
#define EFVI_EVENTS 32

/* Ask for arrival stamps of the card. */
#define EFVI_WANT_STAMPS 1

/* What was granted, in efvi_facts.granted. */
#define EFVI_CTPIO 1
#define EFVI_STAMPS 2
#define EFVI_BY_REFERENCE 4

struct efvi_port;

/* What the card turned out to be. Offsets in EfviLayout.java. */
struct efvi_facts {
  uint32_t arch;
  uint32_t granted;
  uint32_t rx_capacity;
  uint32_t tx_capacity;
  uint32_t mtu;
  uint32_t reserved;
  uint64_t mac;
};

/* A received frame. The token gives it back. */
struct efvi_record {
  uint64_t frame;
  int64_t stamp_ns;
  uint32_t token;
  uint32_t length;
};

/* What one poll brought; the totals run for the life of the port. */
struct efvi_harvest {
  uint32_t received;
  uint32_t completed;
  uint32_t reset;
  /* Fewer events were there than were asked for. */
  uint32_t drained;
  uint64_t discarded;
  uint64_t no_descriptor;
  uint64_t transmit_errors;
  uint64_t overflows;
  struct efvi_record records[EFVI_EVENTS];
  uint32_t completions[];
};

struct efvi_descriptor {
  uint32_t token;
  uint32_t length;
};

/*
 * Opens the interface with the first rx_frames buffers for receiving and the rest for sending.
 * Returns 0 and the port, or a negated errno and the name of the call that failed.
 */
int efvi_open(int interface_index, int wanted, int rx_frames, int tx_frames, void* memory,
              struct efvi_port** port_out, const char** failed_out);

/* Datagrams to this IPv4 address and UDP port, network order; vlan 0 = untagged. */
int efvi_filter(struct efvi_port* port, uint32_t address_be, uint16_t port_be, int vlan);

void efvi_describe(struct efvi_port* port, struct efvi_facts* facts);

/* Takes up to `limit` events; returns the number of frames. Frames are ours until efvi_release. */
int efvi_poll(struct efvi_port* port, struct efvi_harvest* harvest, int limit);

void efvi_release(struct efvi_port* port, const uint32_t* tokens, int count);

/* Returns how many of the frames the card took; the rest are to be offered again. */
int efvi_send(struct efvi_port* port, const struct efvi_descriptor* frames, int count);

void efvi_close(struct efvi_port* port);

const char* efvi_version(void);

#endif

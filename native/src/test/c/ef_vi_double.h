/*
 * A software double of as much of the ef_vi API as the shim uses, for machines without the card.
 * Written from the API's documentation, stricter than hardware: what a card would answer with
 * corruption aborts here. Test code; never part of a release.
 *
 * Frames travel over an AF_PACKET socket on a real interface, or, for interface 0, in memory back
 * to the sender.
 */
#ifndef EF_VI_DOUBLE_H
#define EF_VI_DOUBLE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#define EF_VI_EVENT_POLL_MIN_EVS 2
#define EF_VI_TRANSMIT_BATCH 64
#define DOUBLE_MAX_RING 4096
#define DOUBLE_SLOTS 512

typedef int ef_driver_handle;
typedef uint64_t ef_addr;
typedef int ef_request_id;

enum { EF_EVENT_TYPE_RX, EF_EVENT_TYPE_TX, EF_EVENT_TYPE_RX_DISCARD, EF_EVENT_TYPE_TX_ERROR,
       EF_EVENT_TYPE_RX_NO_DESC_TRUNC, EF_EVENT_TYPE_OFLOW, EF_EVENT_TYPE_RESET,
       EF_EVENT_TYPE_RX_REF, EF_EVENT_TYPE_RX_REF_DISCARD, EF_EVENT_TYPE_SW };
enum { EF_EVENT_FLAG_SOP = 1, EF_EVENT_FLAG_CONT = 2 };
enum ef_vi_arch { EF_VI_ARCH_EF10 = 1, EF_VI_ARCH_EFCT = 3 };
enum ef_vi_flags { EF_VI_TX_IP_CSUM_DIS = 0x80, EF_VI_TX_TCPUDP_CSUM_DIS = 0x100,
                   EF_VI_TX_PUSH_ALWAYS = 0x8000, EF_VI_RX_TIMESTAMPS = 0x10000,
                   EF_VI_TX_CTPIO = 0x1000000 };
enum ef_vi_capability { EF_VI_CAP_HW_RX_TIMESTAMPING, EF_VI_CAP_CTPIO, EF_VI_CAP_RX_REF };
enum ef_pd_flags { EF_PD_DEFAULT };
enum ef_filter_flags { EF_FILTER_FLAG_NONE };

typedef union {
  struct { unsigned type, rq_id, len, flags; } rx;
  struct { unsigned type, rq_id; } rx_discard;
  struct { unsigned type, len, pkt_id; } rx_ref, rx_ref_discard;
  struct { unsigned type, count; } tx;
} ef_event;

typedef struct { int64_t tv_sec; uint32_t tv_nsec; uint16_t tv_nsec_frac, tv_flags; } ef_precisetime;
typedef struct { int interface_index; } ef_pd;
typedef struct { uint8_t* base; size_t length; } ef_memreg;
typedef struct { uint32_t address_be; uint16_t port_be; int vlan; } ef_filter_spec;
typedef struct { int installed; } ef_filter_cookie;

struct double_frame { uint8_t bytes[2048]; int length; };

typedef struct ef_vi {
  struct { unsigned char arch; } nic_type;
  int flags, interface_index, socket, ring_mask_rx, ring_mask_tx;
  ef_filter_spec filter;
  int filtered;
  uint8_t owned[DOUBLE_MAX_RING];
  ef_addr rx_address[DOUBLE_MAX_RING];
  int posted[DOUBLE_MAX_RING], posted_head, posted_tail, pushed_tail;
  int sent[DOUBLE_MAX_RING], sent_head, sent_tail;
  struct { ef_addr address; int length, id; } queued[DOUBLE_MAX_RING];
  int queued_count, stopped;
  const void* ctpio_frame;
  size_t ctpio_length;
  uint8_t (*slots)[2048];
  uint8_t slot_held[DOUBLE_SLOTS];
  struct double_frame memory_wire[64];
  int wire_head, wire_tail;
} ef_vi;

#define EF_EVENT_TYPE(e) ((e).rx.type)
#define EF_EVENT_RX_RQ_ID(e) ((e).rx.rq_id)
#define EF_EVENT_RX_BYTES(e) ((int) (e).rx.len)
#define EF_EVENT_RX_SOP(e) ((e).rx.flags & EF_EVENT_FLAG_SOP)
#define EF_EVENT_RX_CONT(e) ((e).rx.flags & EF_EVENT_FLAG_CONT)
#define EF_EVENT_RX_DISCARD_RQ_ID(e) ((e).rx_discard.rq_id)

int ef_driver_open(ef_driver_handle* driver);
int ef_driver_close(ef_driver_handle driver);
int ef_pd_alloc(ef_pd* pd, ef_driver_handle driver, int interface_index, enum ef_pd_flags flags);
int ef_pd_free(ef_pd* pd, ef_driver_handle driver);
int ef_vi_capabilities_get(ef_driver_handle driver, int interface_index,
                           enum ef_vi_capability which, unsigned long* value);
int ef_vi_alloc_from_pd(ef_vi* vi, ef_driver_handle driver, ef_pd* pd, ef_driver_handle pd_driver,
                        int evq, int rxq, int txq, ef_vi* evq_opt, ef_driver_handle evq_driver,
                        enum ef_vi_flags flags);
int ef_vi_free(ef_vi* vi, ef_driver_handle driver);
int ef_memreg_alloc(ef_memreg* memory, ef_driver_handle driver, ef_pd* pd,
                    ef_driver_handle pd_driver, void* base, size_t length);
int ef_memreg_free(ef_memreg* memory, ef_driver_handle driver);
ef_addr ef_memreg_dma_addr(ef_memreg* memory, size_t offset);
void ef_filter_spec_init(ef_filter_spec* filter, enum ef_filter_flags flags);
int ef_filter_spec_set_ip4_local(ef_filter_spec* filter, int protocol, unsigned address_be,
                                 int port_be);
int ef_filter_spec_set_vlan(ef_filter_spec* filter, int vlan);
int ef_vi_filter_add(ef_vi* vi, ef_driver_handle driver, const ef_filter_spec* filter,
                     ef_filter_cookie* cookie);
unsigned ef_vi_mtu(ef_vi* vi, ef_driver_handle driver);
int ef_vi_get_mac(ef_vi* vi, ef_driver_handle driver, void* mac);
const char* ef_vi_version_str(void);

int ef_vi_receive_prefix_len(const ef_vi* vi);
int ef_vi_receive_capacity(const ef_vi* vi);
int ef_vi_receive_init(ef_vi* vi, ef_addr address, ef_request_id id);
void ef_vi_receive_push(ef_vi* vi);
int ef_vi_receive_get_precise_timestamp(ef_vi* vi, const void* packet, ef_precisetime* time);
int ef_vi_transmit_capacity(const ef_vi* vi);
int ef_vi_transmit_space(const ef_vi* vi);
int ef_vi_transmit_init(ef_vi* vi, ef_addr address, int length, ef_request_id id);
void ef_vi_transmit_push(ef_vi* vi);
void ef_vi_transmit_ctpio(ef_vi* vi, const void* frame, size_t length, unsigned threshold);
int ef_vi_transmit_ctpio_fallback(ef_vi* vi, ef_addr address, size_t length, ef_request_id id);
int ef_vi_transmit_unbundle(ef_vi* vi, const ef_event* event, ef_request_id* ids);
int ef_vi_reinit_txq_post_error(ef_vi* vi);
int ef_eventq_poll(ef_vi* vi, ef_event* events, int limit);
const void* efct_vi_rxpkt_get(ef_vi* vi, uint32_t pkt_id);
void efct_vi_rxpkt_release(ef_vi* vi, uint32_t pkt_id);

#define ef_vi_for_each_tx_error_failed_transmit(vi, id) \
  for( ; (vi)->sent_head != (vi)->sent_tail \
         && (((id) = (vi)->sent[(vi)->sent_head++ % DOUBLE_MAX_RING]), 1); )

/* What the double plays and which fault comes next; set before the port is opened. */
enum { DOUBLE_EF10, DOUBLE_X2, DOUBLE_EFCT };
void ef_double_personality(int which);
void ef_double_inject(int event_type);

/* Aborts, naming the rule that the caller broke. */
void ef_double_require(int holds, const char* rule);

#endif

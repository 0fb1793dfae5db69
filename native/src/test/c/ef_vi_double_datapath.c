#include "ef_vi_double.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define PREFIX 14
#define PAGE 4096
#define MAX_FRAME 1514
#define NO_FAULT (-1)
#define NANOS 1000000000LL
#define WIRE_FRAMES 64

static int fault = NO_FAULT;

void ef_double_inject(int event_type) { fault = event_type; }

void ef_double_require(int holds, const char* rule)
{
  if( ! holds ) {
    fprintf(stderr, "ef_vi double: %s\n", rule);
    abort();
  }
}

static int take_fault(int event_type)
{
  if( fault != event_type )
    return 0;
  fault = NO_FAULT;
  return 1;
}

int ef_vi_receive_prefix_len(const ef_vi* vi) { return vi->slots ? 0 : PREFIX; }
int ef_vi_receive_capacity(const ef_vi* vi) { return vi->ring_mask_rx; }
int ef_vi_transmit_capacity(const ef_vi* vi) { return vi->ring_mask_tx; }

int ef_vi_receive_init(ef_vi* vi, ef_addr address, ef_request_id id)
{
  ef_double_require(! vi->slots, "receive descriptors on a card that receives by reference");
  ef_double_require(address % PAGE + 2048 <= PAGE, "buffer straddles a page of the card");
  ef_double_require(! vi->owned[id], "buffer posted while the card owns it");
  ef_double_require(vi->posted_tail - vi->posted_head < vi->ring_mask_rx, "receive ring overrun");
  vi->owned[id] = 1;
  vi->posted[vi->posted_tail++ % DOUBLE_MAX_RING] = id;
  vi->rx_address[id] = address;
  return 0;
}

void ef_vi_receive_push(ef_vi* vi) { vi->pushed_tail = vi->posted_tail & ~7; }

static int wanted(const ef_vi* vi, const uint8_t* frame, int length)
{
  int shift = vi->filter.vlan ? 4 : 0;
  if( ! vi->filtered || length < 42 + shift )
    return 0;
  if( shift && (memcmp(frame + 12, "\x81\0", 2) != 0
                || ((frame[14] & 15) << 8 | frame[15]) != vi->filter.vlan) )
    return 0;
  return memcmp(frame + 12 + shift, "\x08\0", 2) == 0 && frame[23 + shift] == 17
         && memcmp(frame + 30 + shift, &vi->filter.address_be, 4) == 0
         && memcmp(frame + 36 + shift, &vi->filter.port_be, 2) == 0;
}

static int off_wire(ef_vi* vi, uint8_t* frame)
{
  if( vi->socket >= 0 )
    return (int) recv(vi->socket, frame, 2048 - PREFIX, 0);
  if( vi->wire_head == vi->wire_tail )
    return -1;
  struct double_frame* waiting = &vi->memory_wire[vi->wire_head++ % WIRE_FRAMES];
  memcpy(frame, waiting->bytes, waiting->length);
  return waiting->length;
}

/* The next frame that the filter lets through, or -1. */
static int next_frame(ef_vi* vi, uint8_t* frame)
{
  int length;
  while( (length = off_wire(vi, frame)) >= 0 )
    if( wanted(vi, frame, length) )
      return length;
  return -1;
}

static void on_wire(ef_vi* vi, const void* frame, size_t length)
{
  ef_double_require(length >= 14 && length <= MAX_FRAME, "frame length the card cannot send");
  if( vi->socket >= 0 ) {
    while( send(vi->socket, frame, length, 0) < 0 && (errno == ENOBUFS || errno == EAGAIN) )
      ;
    return;
  }
  if( vi->wire_tail - vi->wire_head == WIRE_FRAMES )
    return;
  struct double_frame* waiting = &vi->memory_wire[vi->wire_tail++ % WIRE_FRAMES];
  memcpy(waiting->bytes, frame, length);
  waiting->length = (int) length;
}

static int64_t now_ns(void)
{
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * NANOS + now.tv_nsec;
}

/* Into a posted buffer, behind a prefix that carries the stamp. */
static void receive_into_buffer(ef_vi* vi, const uint8_t* frame, int length, ef_event* event)
{
  if( vi->posted_head == vi->pushed_tail ) {
    event->rx.type = EF_EVENT_TYPE_RX_NO_DESC_TRUNC;
    return;
  }
  int id = vi->posted[vi->posted_head++ % DOUBLE_MAX_RING];
  uint8_t* buffer = (uint8_t*) (uintptr_t) vi->rx_address[id];
  int64_t stamp = now_ns();
  vi->owned[id] = 0;
  memcpy(buffer, &stamp, sizeof(stamp));
  memcpy(buffer + PREFIX, frame, length);
  event->rx.type = take_fault(EF_EVENT_TYPE_RX_DISCARD) ? EF_EVENT_TYPE_RX_DISCARD
                                                        : EF_EVENT_TYPE_RX;
  event->rx.rq_id = id;
  event->rx.len = length + PREFIX;
  event->rx.flags = take_fault(EF_EVENT_TYPE_RX) ? EF_EVENT_FLAG_SOP | EF_EVENT_FLAG_CONT
                                                 : EF_EVENT_FLAG_SOP;
}

/* Into a slot of the card's own memory, lent until it is released. */
static void receive_by_reference(ef_vi* vi, const uint8_t* frame, int length, ef_event* event)
{
  int slot = 0;
  while( slot < DOUBLE_SLOTS && vi->slot_held[slot] )
    ++slot;
  if( slot == DOUBLE_SLOTS ) {
    event->rx.type = EF_EVENT_TYPE_RX_NO_DESC_TRUNC;
    return;
  }
  vi->slot_held[slot] = 1;
  memcpy(vi->slots[slot], frame, length);
  event->rx_ref.type = take_fault(EF_EVENT_TYPE_RX_REF_DISCARD) ? EF_EVENT_TYPE_RX_REF_DISCARD
                                                                : EF_EVENT_TYPE_RX_REF;
  event->rx_ref.pkt_id = slot;
  event->rx_ref.len = length;
}

const void* efct_vi_rxpkt_get(ef_vi* vi, uint32_t pkt_id)
{
  ef_double_require(pkt_id < DOUBLE_SLOTS && vi->slot_held[pkt_id], "packet used after release");
  return vi->slots[pkt_id];
}

void efct_vi_rxpkt_release(ef_vi* vi, uint32_t pkt_id)
{
  ef_double_require(pkt_id < DOUBLE_SLOTS && vi->slot_held[pkt_id], "packet released twice");
  memset(vi->slots[pkt_id], 0xee, sizeof(vi->slots[pkt_id]));
  vi->slot_held[pkt_id] = 0;
}

int ef_vi_receive_get_precise_timestamp(ef_vi* vi, const void* packet, ef_precisetime* time)
{
  int64_t stamp = now_ns();
  ef_double_require(vi->flags & EF_VI_RX_TIMESTAMPS, "stamp asked of a port without stamps");
  if( ! vi->slots )
    memcpy(&stamp, packet, sizeof(stamp));
  time->tv_sec = stamp / NANOS;
  time->tv_nsec = stamp % NANOS;
  return 0;
}

int ef_vi_transmit_space(const ef_vi* vi)
{
  return vi->ring_mask_tx - vi->queued_count - (vi->sent_tail - vi->sent_head);
}

int ef_vi_transmit_init(ef_vi* vi, ef_addr address, int length, ef_request_id id)
{
  ef_double_require(vi->ctpio_frame == NULL, "send between a CTPIO frame and its fallback");
  ef_double_require(! vi->slots, "DMA transmit on a card that has CTPIO only");
  if( ef_vi_transmit_space(vi) <= 0 )
    return -EAGAIN;
  vi->queued[vi->queued_count].address = address;
  vi->queued[vi->queued_count].length = length;
  vi->queued[vi->queued_count++].id = id;
  return 0;
}

static void complete(ef_vi* vi, int id) { vi->sent[vi->sent_tail++ % DOUBLE_MAX_RING] = id; }

void ef_vi_transmit_push(ef_vi* vi)
{
  for( int i = 0; i < vi->queued_count; ++i ) {
    if( ! vi->stopped )
      on_wire(vi, (void*) (uintptr_t) vi->queued[i].address, vi->queued[i].length);
    complete(vi, vi->queued[i].id);
  }
  vi->queued_count = 0;
}

void ef_vi_transmit_ctpio(ef_vi* vi, const void* frame, size_t length, unsigned threshold)
{
  ef_double_require(vi->flags & EF_VI_TX_CTPIO, "CTPIO on a port without it");
  ef_double_require(vi->ctpio_frame == NULL, "CTPIO frame without a fallback");
  ef_double_require(threshold >= 64, "CTPIO threshold below the card's least");
  vi->ctpio_frame = frame;
  vi->ctpio_length = length;
}

int ef_vi_transmit_ctpio_fallback(ef_vi* vi, ef_addr address, size_t length, ef_request_id id)
{
  ef_double_require(vi->ctpio_frame != NULL, "fallback without a CTPIO frame");
  ef_double_require((uintptr_t) vi->ctpio_frame == address && vi->ctpio_length == length,
                    "fallback differs from its CTPIO frame");
  vi->ctpio_frame = NULL;
  if( ef_vi_transmit_space(vi) <= 0 )
    return -EAGAIN;
  if( ! vi->stopped )
    on_wire(vi, (void*) (uintptr_t) address, length);
  complete(vi, id);
  return 0;
}

int ef_vi_transmit_unbundle(ef_vi* vi, const ef_event* event, ef_request_id* ids)
{
  for( unsigned i = 0; i < event->tx.count; ++i )
    ids[i] = vi->sent[vi->sent_head++ % DOUBLE_MAX_RING];
  return (int) event->tx.count;
}

int ef_vi_reinit_txq_post_error(ef_vi* vi)
{
  ef_double_require(vi->sent_head == vi->sent_tail, "queue restarted before its frames were told");
  vi->stopped = 0;
  return 0;
}

/* One event per call for what was sent, one for a fault, then what arrived. */
int ef_eventq_poll(ef_vi* vi, ef_event* events, int limit)
{
  uint8_t frame[2048];
  int count = 0, length;
  ef_double_require(limit >= EF_VI_EVENT_POLL_MIN_EVS, "too few events asked for");
  if( take_fault(EF_EVENT_TYPE_TX_ERROR) )
    events[count++].rx.type = EF_EVENT_TYPE_TX_ERROR;
  else if( vi->sent_head != vi->sent_tail ) {
    unsigned sent = vi->sent_tail - vi->sent_head;
    events[count].tx.count = sent < EF_VI_TRANSMIT_BATCH ? sent : EF_VI_TRANSMIT_BATCH;
    events[count++].tx.type = EF_EVENT_TYPE_TX;
  }
  for( int type = EF_EVENT_TYPE_OFLOW; type <= EF_EVENT_TYPE_RESET; ++type )
    if( count < limit && take_fault(type) )
      events[count++].rx.type = type;
  while( count < limit && (length = next_frame(vi, frame)) >= 0 ) {
    if( vi->slots )
      receive_by_reference(vi, frame, length, &events[count++]);
    else
      receive_into_buffer(vi, frame, length, &events[count++]);
  }
  return count;
}

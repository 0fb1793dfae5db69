#include "efvi_internal.h"

#include <etherfabric/efct_vi.h>

/* Bytes the card gathers before it starts to send; the least it accepts, for latency. */
#define CTPIO_THRESHOLD 64

#define NANOS 1000000000LL

static uint8_t* buffer(struct efvi_port* port, uint32_t token)
{
  return port->memory + (size_t) token * EFVI_BUFFER_LENGTH;
}

static ef_addr dma_address(struct efvi_port* port, uint32_t token)
{
  return ef_memreg_dma_addr(&port->registration, (size_t) token * EFVI_BUFFER_LENGTH);
}

void efvi_give_to_card(struct efvi_port* port, uint32_t token)
{
  ef_vi_receive_init(&port->vi, dma_address(port, token), (ef_request_id) token);
  if( ++port->initialised % EFVI_PUSH_BATCH == 0 )
    ef_vi_receive_push(&port->vi);
}

static int64_t stamp(struct efvi_port* port, const void* packet)
{
  ef_precisetime time;
  if( ! (port->granted & EFVI_STAMPS)
      || ef_vi_receive_get_precise_timestamp(&port->vi, packet, &time) < 0 )
    return 0;
  return time.tv_sec * NANOS + time.tv_nsec;
}

static void record(struct efvi_harvest* harvest, const void* frame, int64_t stamp_ns,
                   uint32_t token, uint32_t length)
{
  struct efvi_record* record = &harvest->records[harvest->received++];
  record->frame = (uint64_t) (uintptr_t) frame;
  record->stamp_ns = stamp_ns;
  record->token = token;
  record->length = length;
}

static void on_receive(struct efvi_port* port, const ef_event* event, struct efvi_harvest* harvest)
{
  uint32_t token = EF_EVENT_RX_RQ_ID(*event);
  if( EF_EVENT_RX_SOP(*event) && ! EF_EVENT_RX_CONT(*event) ) {
    uint8_t* packet = buffer(port, token);
    record(harvest, packet + port->prefix_length, stamp(port, packet), token,
           EF_EVENT_RX_BYTES(*event) - port->prefix_length);
  }
  else {
    /* A piece of a frame longer than a buffer: larger than any that we carry. */
    ++harvest->discarded;
    efvi_give_to_card(port, token);
  }
}

static void on_reference(struct efvi_port* port, const ef_event* event,
                         struct efvi_harvest* harvest)
{
  uint32_t token = event->rx_ref.pkt_id;
  const void* packet = efct_vi_rxpkt_get(&port->vi, token);
  record(harvest, packet, stamp(port, packet), token, event->rx_ref.len);
}

static void on_transmit(struct efvi_port* port, const ef_event* event,
                        struct efvi_harvest* harvest)
{
  ef_request_id ids[EF_VI_TRANSMIT_BATCH];
  int count = ef_vi_transmit_unbundle(&port->vi, event, ids);
  for( int i = 0; i < count; ++i )
    harvest->completions[harvest->completed++] = ids[i];
}

/* The card stopped the queue: frames under way are lost, their buffers come back. */
static void on_transmit_error(struct efvi_port* port, struct efvi_harvest* harvest)
{
  uint32_t id;
  ef_vi_for_each_tx_error_failed_transmit(&port->vi, id)
  {
    harvest->completions[harvest->completed++] = id;
    ++harvest->transmit_errors;
  }
  if( ef_vi_reinit_txq_post_error(&port->vi) < 0 )
    harvest->reset = 1;
}

static void on_event(struct efvi_port* port, const ef_event* event, struct efvi_harvest* harvest)
{
  switch( EF_EVENT_TYPE(*event) ) {
  case EF_EVENT_TYPE_RX:
    on_receive(port, event, harvest);
    break;
  case EF_EVENT_TYPE_RX_REF:
    on_reference(port, event, harvest);
    break;
  case EF_EVENT_TYPE_TX:
    on_transmit(port, event, harvest);
    break;
  case EF_EVENT_TYPE_RX_DISCARD:
    ++harvest->discarded;
    efvi_give_to_card(port, EF_EVENT_RX_DISCARD_RQ_ID(*event));
    break;
  case EF_EVENT_TYPE_RX_REF_DISCARD:
    ++harvest->discarded;
    efct_vi_rxpkt_release(&port->vi, event->rx_ref_discard.pkt_id);
    break;
  case EF_EVENT_TYPE_RX_NO_DESC_TRUNC:
    ++harvest->no_descriptor;
    break;
  case EF_EVENT_TYPE_TX_ERROR:
    on_transmit_error(port, harvest);
    break;
  case EF_EVENT_TYPE_OFLOW:
    ++harvest->overflows;
    harvest->reset = 1;
    break;
  case EF_EVENT_TYPE_RESET:
    harvest->reset = 1;
    break;
  default:
    break;
  }
}

int efvi_poll(struct efvi_port* port, struct efvi_harvest* harvest, int limit)
{
  ef_event events[EFVI_EVENTS];
  int room = limit < EFVI_EVENTS ? limit : EFVI_EVENTS;
  int asked = room < EF_VI_EVENT_POLL_MIN_EVS ? EF_VI_EVENT_POLL_MIN_EVS : room;
  int count;

  harvest->received = 0;
  harvest->completed = 0;
  count = ef_eventq_poll(&port->vi, events, asked);
  harvest->drained = count < asked;
  for( int i = 0; i < count; ++i )
    on_event(port, &events[i], harvest);
  return (int) harvest->received;
}

void efvi_release(struct efvi_port* port, const uint32_t* tokens, int count)
{
  if( port->granted & EFVI_BY_REFERENCE ) {
    for( int i = 0; i < count; ++i )
      efct_vi_rxpkt_release(&port->vi, tokens[i]);
    return;
  }
  for( int i = 0; i < count; ++i )
    efvi_give_to_card(port, tokens[i]);
}

static int send_through(struct efvi_port* port, const struct efvi_descriptor* frames, int count)
{
  for( int i = 0; i < count; ++i ) {
    /* Looked at first: a frame whose fallback finds no room may be on the wire already. */
    if( ef_vi_transmit_space(&port->vi) <= 0 )
      return i;
    ef_vi_transmit_ctpio(&port->vi, buffer(port, frames[i].token), frames[i].length,
                         CTPIO_THRESHOLD);
    /* Always, and before any other send: it names the buffer of the completion event. */
    if( ef_vi_transmit_ctpio_fallback(&port->vi, dma_address(port, frames[i].token),
                                      frames[i].length, (ef_request_id) frames[i].token) < 0 )
      return i;
  }
  return count;
}

static int send_by_dma(struct efvi_port* port, const struct efvi_descriptor* frames, int count)
{
  int taken = 0;
  while( taken < count
         && ef_vi_transmit_init(&port->vi, dma_address(port, frames[taken].token),
                                frames[taken].length, (ef_request_id) frames[taken].token) == 0 )
    ++taken;
  if( taken > 0 )
    ef_vi_transmit_push(&port->vi);
  return taken;
}

int efvi_send(struct efvi_port* port, const struct efvi_descriptor* frames, int count)
{
  return port->granted & EFVI_CTPIO ? send_through(port, frames, count)
                                    : send_by_dma(port, frames, count);
}

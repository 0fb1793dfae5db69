/*
 * Drives the shim over the double in memory, under the address and undefined-behaviour sanitizers:
 * every personality, every fault, rings full and empty. Exits 0 when all held.
 */
#include "ef_vi_double.h"
#include "../../main/c/efvi_port.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FRAMES 64
#define LENGTH 60
#define ROUNDS 2000

static struct efvi_harvest* harvest;
static uint8_t* memory;

static void check(int holds, const char* what)
{
  if( ! holds ) {
    fprintf(stderr, "efvi_exercise: %s\n", what);
    exit(1);
  }
}

static struct efvi_port* open_port(void)
{
  struct efvi_port* port;
  const char* failed = "open";
  int rc = efvi_open(0, EFVI_WANT_STAMPS, FRAMES, FRAMES, memory, &port, &failed);
  check(rc == 0, failed);
  check(efvi_filter(port, htonl(0x0a000001), htons(26400), 0) == 0, "filter");
  return port;
}

static void write_frame(uint32_t token, uint32_t mark)
{
  uint8_t* frame = memory + (size_t) token * EFVI_BUFFER_LENGTH;
  uint32_t address = htonl(0x0a000001);
  uint16_t port = htons(26400);
  memset(frame, 0, LENGTH);
  frame[12] = 8;
  frame[14] = 0x45;
  frame[23] = 17;
  memcpy(frame + 30, &address, 4);
  memcpy(frame + 36, &port, 2);
  memcpy(frame + 42, &mark, 4);
}

static int send_marked(struct efvi_port* port, uint32_t token, uint32_t mark)
{
  struct efvi_descriptor descriptor = {token, LENGTH};
  write_frame(token, mark);
  return efvi_send(port, &descriptor, 1);
}

static void release_all(struct efvi_port* port)
{
  uint32_t tokens[EFVI_EVENTS];
  for( uint32_t i = 0; i < harvest->received; ++i )
    tokens[i] = harvest->records[i].token;
  efvi_release(port, tokens, (int) harvest->received);
}

static void echo_many(struct efvi_port* port)
{
  for( uint32_t i = 0; i < ROUNDS; ++i ) {
    uint32_t mark, token = FRAMES + i % FRAMES;
    check(send_marked(port, token, i) == 1, "send");
    check(efvi_poll(port, harvest, EFVI_EVENTS) == 1, "one frame back");
    check(harvest->completed == 1 && harvest->completions[0] == token, "one completion");
    memcpy(&mark, (uint8_t*) (uintptr_t) harvest->records[0].frame + 42, 4);
    check(mark == i && harvest->records[0].length == LENGTH, "the same frame");
    check(harvest->records[0].stamp_ns > 0, "a stamp");
    release_all(port);
  }
}

static void fill_transmit_ring(struct efvi_port* port)
{
  int sent = 0;
  while( sent < FRAMES && send_marked(port, FRAMES + sent, sent) == 1 )
    ++sent;
  check(sent == FRAMES - 1, "the ring holds one less than its size");
  for( int received = 0; received < sent; received += (int) harvest->received ) {
    check(efvi_poll(port, harvest, EFVI_EVENTS) > 0, "frames back");
    release_all(port);
  }
}

static void starve_receive(struct efvi_port* port)
{
  uint64_t before = harvest->no_descriptor;
  uint32_t held[2 * DOUBLE_SLOTS], count = 0;
  for( uint32_t i = 0; i < 2 * DOUBLE_SLOTS - 1 && harvest->no_descriptor == before; ++i ) {
    check(send_marked(port, FRAMES, i) == 1, "send");
    efvi_poll(port, harvest, EFVI_EVENTS);
    for( uint32_t k = 0; k < harvest->received; ++k )
      held[count++] = harvest->records[k].token;
  }
  check(harvest->no_descriptor > before, "starvation is told");
  efvi_release(port, held, (int) count);
}

static void inject(struct efvi_port* port, int event_type)
{
  ef_double_inject(event_type);
  check(send_marked(port, FRAMES, 1) == 1, "send");
  efvi_poll(port, harvest, EFVI_EVENTS);
  release_all(port);
}

static void play(int personality)
{
  struct efvi_facts facts;
  memset(harvest, 0, sizeof(*harvest));
  ef_double_personality(personality);
  struct efvi_port* port = open_port();
  efvi_describe(port, &facts);
  check(facts.tx_capacity == FRAMES - 1 && facts.mtu == 1500 && facts.mac != 0, "facts");
  check(! (facts.granted & EFVI_CTPIO) == (personality == DOUBLE_EF10), "CTPIO");
  echo_many(port);
  fill_transmit_ring(port);
  starve_receive(port);
  if( personality == DOUBLE_EFCT )
    inject(port, EF_EVENT_TYPE_RX_REF_DISCARD);
  else {
    inject(port, EF_EVENT_TYPE_RX_DISCARD);
    inject(port, EF_EVENT_TYPE_RX);
  }
  check(harvest->discarded == (personality == DOUBLE_EFCT ? 1 : 2), "discards are told");
  inject(port, EF_EVENT_TYPE_TX_ERROR);
  check(harvest->transmit_errors == 1 && harvest->completed == 1, "lost frames come back");
  check(! harvest->reset, "a transmit error is survived");
  inject(port, EF_EVENT_TYPE_OFLOW);
  check(harvest->overflows == 1 && harvest->reset, "an overflow ends the port");
  inject(port, EF_EVENT_TYPE_RESET);
  check(harvest->reset, "a reset ends the port");
  efvi_close(port);
}

int main(void)
{
  size_t room = sizeof(*harvest) + FRAMES * sizeof(uint32_t);
  struct efvi_port* port;
  const char* failed;
  harvest = malloc(room);
  memory = aligned_alloc(4096, 2 * FRAMES * EFVI_BUFFER_LENGTH);
  check(efvi_open(-1, 0, FRAMES, FRAMES, memory, &port, &failed) < 0, "no such interface");
  check(strcmp(failed, "ef_pd_alloc") == 0, "the call that failed is named");
  check(efvi_open(0, 0, FRAMES, FRAMES, memory + 1, &port, &failed) < 0, "memory must be aligned");
  play(DOUBLE_EF10);
  play(DOUBLE_X2);
  play(DOUBLE_EFCT);
  free(memory);
  free(harvest);
  printf("efvi_exercise over %s: ok\n", efvi_version());
  return 0;
}

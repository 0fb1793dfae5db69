/*
 * An AF_XDP echo that sends what the appliance sends: answers of as many bytes, as many of them in
 * a packet, and the two feed frames of a burst. Compiled at measure time against the ring calls of
 * the C references.
 *
 *   reply_echo IF PORT CPU ANSWER_BYTES ANSWERS_PER_PACKET FEED_BYTES SKIP
 *
 * FEED_BYTES of each line for each request, 0 = no feed. The first SKIP requests are not counted.
 */
#include "afxdp.h"

enum { BURST = 64, HEADERS = 42, FEED_HEADER = 20, ROOM = 1472, RX_FRAMES = 2048, FRAMES = 4096 };

static volatile int stopped;
static struct xsk xsk;
static uint64_t free_frames[FRAMES - RX_FRAMES];
static int free_count;

static void on_signal(int signal)
{
  (void) signal;
  stopped = 1;
}

static void reclaim(void)
{
  uint64_t* done = xsk.cr.desc;
  uint32_t end = LD_ACQ(xsk.cr.prod);
  while( xsk.cr.cc != end )
    free_frames[free_count++] = done[xsk.cr.cc++ & xsk.cr.mask] & ~(uint64_t) (xsk.chunk - 1);
  ST_REL(xsk.cr.cons, xsk.cr.cc);
}

static uint8_t* take_frame(void)
{
  if( free_count == 0 )
    reclaim();
  return xsk.umem + free_frames[--free_count];
}

static void finish(uint8_t* frame, int payload)
{
  struct xdp_desc* ring = xsk.tx.desc;
  uint16_t length = htons(28 + payload), sum;
  memcpy(frame + 16, &length, 2);
  length = htons(8 + payload);
  memcpy(frame + 38, &length, 2);
  memset(frame + 24, 0, 2);
  memset(frame + 40, 0, 2);
  sum = ipcsum(frame + 14);
  memcpy(frame + 24, &sum, 2);
  ring[xsk.tx.cp++ & xsk.tx.mask] =
      (struct xdp_desc){.addr = frame - xsk.umem, .len = HEADERS + payload};
}

/* Back where it came from. */
static void answer_headers(uint8_t* frame, const uint8_t* request)
{
  memcpy(frame, request + 6, 6);
  memcpy(frame + 6, request, 6);
  memcpy(frame + 12, request + 12, 14);
  memcpy(frame + 26, request + 30, 4);
  memcpy(frame + 30, request + 26, 4);
  memcpy(frame + 34, request + 36, 2);
  memcpy(frame + 36, request + 34, 2);
}

static void send_feed_line(const uint8_t* request, int line, int payload)
{
  uint8_t* frame = take_frame();
  uint16_t port = htons(26410 + line);
  answer_headers(frame, request);
  memcpy(frame, (uint8_t[]){0x01, 0x00, 0x5e, 0x40, 0x40, (uint8_t) (1 + line)}, 6);
  memcpy(frame + 30, (uint8_t[]){239, 192, 64, (uint8_t) (1 + line)}, 4);
  memcpy(frame + 34, &port, 2);
  memcpy(frame + 36, &port, 2);
  memset(frame + HEADERS, 0, payload);
  finish(frame, payload);
}

static void kick(void)
{
  ST_REL(xsk.tx.prod, xsk.tx.cp);
  while( *xsk.tx.cons != xsk.tx.cp && ! stopped )
    sendto(xsk.fd, 0, 0, MSG_DONTWAIT, 0, 0);
}

int main(int count, char** arguments)
{
  if( count < 8 )
    return 2;
  int port = atoi(arguments[2]), answer = atoi(arguments[4]), per_packet = atoi(arguments[5]);
  int feed = atoi(arguments[6]);
  uint64_t skip = strtoull(arguments[7], 0, 10), seen = 0, counted = 0, first = 0, last = 0;
  pin(atoi(arguments[3]));
  signal(SIGTERM, on_signal);
  int map = xskmap_create(4), program = prog_load(map, htons(port));
  int link = xdp_link(program, if_nametoindex(arguments[1]), XDP_FLAGS_DRV_MODE);
  if( link < 0 || xsk_open(&xsk, arguments[1], 0, XDP_COPY, FRAMES, 0, 0) )
    die("attach");
  fill_all(&xsk, RX_FRAMES);
  for( int i = RX_FRAMES; i < FRAMES; i++ )
    free_frames[free_count++] = (uint64_t) i * xsk.chunk;
  if( map_put(map, 0, xsk.fd) )
    die("map");
  fprintf(stderr, "ready\n");

  struct xdp_desc* received = xsk.rx.desc;
  uint64_t* fill = xsk.fr.desc;
  while( ! stopped ) {
    uint32_t burst = LD_ACQ(xsk.rx.prod) - xsk.rx.cc;
    if( burst == 0 )
      continue;
    if( burst > BURST )
      burst = BURST;
    for( uint32_t i = 0; i < burst; ) {
      uint8_t* frame = take_frame();
      int length = 0;
      answer_headers(frame, xsk.umem + received[(xsk.rx.cc + i) & xsk.rx.mask].addr);
      for( int packed = 0; packed < per_packet && i < burst; packed++, i++ ) {
        struct xdp_desc* request = &received[(xsk.rx.cc + i) & xsk.rx.mask];
        memcpy(frame + HEADERS + length, xsk.umem + request->addr + HEADERS, answer);
        length += answer;
      }
      finish(frame, length);
    }
    if( feed ) {
      const uint8_t* request = xsk.umem + received[xsk.rx.cc & xsk.rx.mask].addr;
      int payload = FEED_HEADER + (int) burst * feed;
      for( int line = 0; line < 2; line++ )
        send_feed_line(request, line, payload < ROOM ? payload : ROOM);
    }
    kick();
    for( uint32_t i = 0; i < burst; i++ )
      fill[xsk.fr.cp++ & xsk.fr.mask] =
          received[xsk.rx.cc++ & xsk.rx.mask].addr & ~(uint64_t) (xsk.chunk - 1);
    ST_REL(xsk.rx.cons, xsk.rx.cc);
    ST_REL(xsk.fr.prod, xsk.fr.cp);
    reclaim();
    seen += burst;
    if( skip && seen > skip ) {
      last = nsec();
      counted += first ? burst : 0;
      first = first ? first : last;
    }
  }
  printf("orders=%llu elapsedNs=%llu\n", (unsigned long long) counted,
         (unsigned long long) (last - first));
  return 0;
}

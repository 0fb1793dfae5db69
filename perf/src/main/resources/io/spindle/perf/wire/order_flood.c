/*
 * Orders faster than any sender of packets: an XDP program, run by the kernel in live-frame mode,
 * puts the next number into each frame and redirects it into the veth pair. Compiled at measure
 * time against the helpers of the C references.
 *
 *   order_flood IF SERVER_MAC CLIENT_IP SERVER_IP CLIENT_PORT SERVER_PORT CPU FIRST COUNT PAYLOAD_HEX
 *               PER_CALL
 *
 * The number lies big-endian at byte 4 of the payload. The kernel rests some 25 ms after each call.
 */
#include "afxdp.h"

enum { HEADERS = 42, NUMBER = HEADERS + 4, BATCH = 64, LIVE_FRAMES = 2 };

static int counter_map(uint32_t first)
{
  union bpf_attr a;
  uint32_t key = 0, value = first - 1;
  memset(&a, 0, sizeof a);
  a.map_type = BPF_MAP_TYPE_ARRAY;
  a.key_size = a.value_size = 4;
  a.max_entries = 1;
  int map = bpf(BPF_MAP_CREATE, &a, sizeof a);
  if( map < 0 || map_put(map, key, value) )
    die("counter");
  return map;
}

static int load(int map, int interface_index)
{
  static char log[65536];
  struct bpf_insn program[] = {
      I(0xbf, 6, 1, 0, 0),             /* r6 = context */
      I(0x62, 10, 0, -4, 0),           /* key = 0 */
      I(0xbf, 2, 10, 0, 0),            /* r2 = &key */
      I(0x07, 2, 0, 0, -4),
      I(0x18, 1, 1, 0, map),           /* r1 = map */
      I(0, 0, 0, 0, 0),
      I(0x85, 0, 0, 0, 1),             /* r0 = bpf_map_lookup_elem */
      I(0x15, 0, 0, 14, 0),            /* none: drop */
      I(0x61, 1, 0, 0, 0),             /* r1 = ++number */
      I(0x07, 1, 0, 0, 1),
      I(0x63, 0, 1, 0, 0),
      I(0x61, 2, 6, 0, 0),             /* r2 = data */
      I(0x61, 3, 6, 4, 0),             /* r3 = end */
      I(0xbf, 4, 2, 0, 0),
      I(0x07, 4, 0, 0, NUMBER + 4),
      I(0x2d, 4, 3, 6, 0),             /* too short: drop */
      I(0xdc, 1, 0, 0, 32),            /* r1 = big-endian */
      I(0x63, 2, 1, NUMBER, 0),
      I(0xb7, 1, 0, 0, interface_index),
      I(0xb7, 2, 0, 0, 0),
      I(0x85, 0, 0, 0, 23),            /* bpf_redirect */
      I(0x95, 0, 0, 0, 0),
      I(0xb7, 0, 0, 0, 1),             /* XDP_DROP */
      I(0x95, 0, 0, 0, 0),
  };
  union bpf_attr a;
  memset(&a, 0, sizeof a);
  a.prog_type = BPF_PROG_TYPE_XDP;
  a.insns = (uint64_t) program;
  a.insn_cnt = sizeof program / sizeof *program;
  a.license = (uint64_t) "Dual BSD/GPL";
  a.log_buf = (uint64_t) log;
  a.log_size = sizeof log;
  a.log_level = 1;
  int fd = bpf(BPF_PROG_LOAD, &a, sizeof a);
  if( fd < 0 ) {
    fprintf(stderr, "%s\n", log);
    die("load");
  }
  return fd;
}

static int write_frame(uint8_t* frame, char** arguments)
{
  unsigned mac[6];
  int payload = strlen(arguments[10]) / 2;
  uint16_t field;
  sscanf(arguments[2], "%x:%x:%x:%x:%x:%x", mac, mac + 1, mac + 2, mac + 3, mac + 4, mac + 5);
  for( int i = 0; i < 6; i++ )
    frame[i] = mac[i];
  frame[6] = 2;
  frame[12] = 8;
  frame[14] = 0x45;
  field = htons(28 + payload);
  memcpy(frame + 16, &field, 2);
  frame[22] = 64;
  frame[23] = 17;
  inet_pton(AF_INET, arguments[3], frame + 26);
  inet_pton(AF_INET, arguments[4], frame + 30);
  field = ipcsum(frame + 14);
  memcpy(frame + 24, &field, 2);
  field = htons(atoi(arguments[5]));
  memcpy(frame + 34, &field, 2);
  field = htons(atoi(arguments[6]));
  memcpy(frame + 36, &field, 2);
  field = htons(8 + payload);
  memcpy(frame + 38, &field, 2);
  for( int i = 0; i < payload; i++ ) {
    unsigned byte;
    sscanf(arguments[10] + 2 * i, "%2x", &byte);
    frame[HEADERS + i] = byte;
  }
  return HEADERS + payload;
}

int main(int count, char** arguments)
{
  static uint8_t frame[2048];
  if( count < 12 )
    return 2;
  pin(atoi(arguments[7]));
  uint32_t first = strtoul(arguments[8], 0, 10), orders = strtoul(arguments[9], 0, 10);
  int program = load(counter_map(first), if_nametoindex(arguments[1]));
  int length = write_frame(frame, arguments);
  uint32_t per_call = strtoul(arguments[11], 0, 10);
  uint64_t start = nsec();
  for( uint32_t sent = 0; sent < orders; sent += per_call ) {
    union bpf_attr a;
    memset(&a, 0, sizeof a);
    a.test.prog_fd = program;
    a.test.data_in = (uint64_t) frame;
    a.test.data_size_in = length;
    a.test.repeat = orders - sent < per_call ? orders - sent : per_call;
    a.test.flags = LIVE_FRAMES;
    a.test.batch_size = BATCH;
    if( bpf(BPF_PROG_TEST_RUN, &a, sizeof a) )
      die("run");
  }
  printf("sent=%u perSecond=%.0f\n", orders, orders / ((nsec() - start) / 1e9));
  return 0;
}

/* A small trading client for Spindle: one file, no dependencies, written from docs/protocol alone.
 *
 *   cc -std=c11 -Wall -Wextra -O2 -o spindle_client spindle_client.c
 *   ./spindle_client [-H host] [-p port] [-s session] [-w password] place buy 100 SPDL 10.00
 *   ./spindle_client cancel 1
 *   ./spindle_client [-l N] watch 5        lose every Nth datagram, to show recovery
 *   ./spindle_client [-l N] book SPDL 5    follow the feed for 5 seconds, then print the book: side, price, shares / orders
 */
#define _DEFAULT_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_DATAGRAM = 1472, POLL_MS = 5 };
static const double LOGIN_RETRY = 0.2, HEARTBEAT = 0.8, GAP_RETRY = 0.02, RESEND = 0.05, PATIENCE = 5.0;

/* Ports and groups of an appliance: market-data.md. */
enum { LINE_A = 10, LINE_B = 11, REREQUEST = 20, MOLD_HEADER = 20, END_OF_SESSION = 0xFFFF, MOST_WANTED = 0xFFFE };
static const char *const GROUP_A = "239.192.64.1", *const GROUP_B = "239.192.64.2";

typedef struct {
    int socket;
    int up, lose, datagrams;
    uint32_t expected, announced; /* next report wanted; next the server will produce */
    double sent, asked;
    const char *username, *password;
} session_t;

/* What a command waits for: a report of one of these types, about this number (0 = any). */
typedef struct {
    const char *types;
    uint32_t number;
    int seen;
    uint32_t value; /* bytes 9..12 of the report that was waited for */
} wanted_t;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void die(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static void put(uint8_t *at, uint64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--, value >>= 8) at[i] = (uint8_t)value;
}

static uint64_t get(const uint8_t *at, int bytes) {
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++) value = value << 8 | at[i];
    return value;
}

static void put_text(uint8_t *at, const char *text, size_t length) {
    memset(at, ' ', length);
    memcpy(at, text, strlen(text) < length ? strlen(text) : length);
}

static void send_block(session_t *s, char type, const uint8_t *body, int length) {
    uint8_t block[MAX_DATAGRAM];
    put(block, (uint64_t)length + 1, 2);
    block[2] = (uint8_t)type;
    if (length > 0) memcpy(block + 3, body, (size_t)length);
    s->sent = now();
    if (send(s->socket, block, (size_t)length + 3, 0) < 0 && errno != ECONNREFUSED) die("send");
}

static void describe(const uint8_t *r) {
    const unsigned number = (unsigned)get(r + 9, 4);
    switch (r[0]) {
    case 'A':
        printf("accepted %u %c %u %.8s %.4f\n", number, r[13], (unsigned)get(r + 14, 4), (const char *)r + 18,
               (double)get(r + 26, 8) / 10000);
        break;
    case 'E':
        printf("executed %u %u %.4f %c match %llu\n", number, (unsigned)get(r + 13, 4), (double)get(r + 17, 8) / 10000,
               r[25], (unsigned long long)get(r + 26, 8));
        break;
    case 'C': printf("canceled %u %u %c\n", number, (unsigned)get(r + 13, 4), r[17]); break;
    case 'J': printf("rejected %u 0x%04X\n", number, (unsigned)get(r + 13, 2)); break;
    case 'U': printf("replaced %u %u\n", number, (unsigned)get(r + 13, 4)); break;
    case 'N': printf("never arrived %u %u\n", number, (unsigned)get(r + 13, 4)); break;
    case 'Q': printf("next number %u\n", number); break;
    default: printf("report %c\n", r[0]);
    }
    fflush(stdout);
}

static void on_report(const uint8_t *report, int length, wanted_t *wanted) {
    if (length < 13) return;
    describe(report);
    const uint32_t number = (uint32_t)get(report + 9, 4);
    if (wanted && strchr(wanted->types, report[0]) && (wanted->number == 0 || wanted->number == number)) {
        wanted->seen = 1;
        wanted->value = number;
    }
}

static void on_sequenced(session_t *s, const uint8_t *d, int length, wanted_t *wanted) {
    const uint32_t first = (uint32_t)get(d + 1, 4), count = (uint32_t)get(d + 5, 2);
    if (first + count > s->announced) s->announced = first + count;
    int at = 7;
    for (uint32_t sequence = first; sequence < first + count && at + 2 <= length; sequence++) {
        const int message = (int)get(d + at, 2);
        at += 2;
        if (at + message > length) return;
        if (sequence == s->expected) {
            s->expected++;
            on_report(d + at, message, wanted);
        }
        at += message;
    }
}

static void on_datagram(session_t *s, const uint8_t *d, int length, wanted_t *wanted) {
    if (d[0] == 'A' && length == 15) {
        s->announced = (uint32_t)get(d + 11, 4);
        if (s->expected == 0) s->expected = s->announced;
        s->up = 1;
    } else if (d[0] == 'J') {
        die("login refused");
    } else if (d[0] == 'S' && length >= 7 && s->up) {
        on_sequenced(s, d, length, wanted);
    }
}

/* Waits a few milliseconds for a datagram, then does what time demands. */
static void turn(session_t *s, wanted_t *wanted) {
    uint8_t d[2048];
    struct pollfd ready = {.fd = s->socket, .events = POLLIN};
    if (poll(&ready, 1, POLL_MS) > 0) {
        const ssize_t length = recv(s->socket, d, MAX_DATAGRAM, 0); /* room behind it: a short report reads nothing foreign */
        if (length > 0 && !(s->lose && s->up && ++s->datagrams % s->lose == 0)) on_datagram(s, d, (int)length, wanted);
    }
    if (s->up && s->expected < s->announced && now() - s->asked > GAP_RETRY) {
        uint8_t request[6];
        const uint32_t missing = s->announced - s->expected;
        s->asked = now();
        put(request, s->expected, 4);
        put(request + 4, missing < 0xFFFF ? missing : 0xFFFF, 2);
        send_block(s, 'T', request, 6);
    }
    if (s->up && now() - s->sent > HEARTBEAT) send_block(s, 'R', NULL, 0);
}

static void login(session_t *s) {
    uint8_t body[26];
    put_text(body, s->username, 6);
    put_text(body + 6, s->password, 10);
    put_text(body + 16, "", 10);
    for (const double start = now(); !s->up; turn(s, NULL)) {
        if (now() - start > PATIENCE) die("no answer to the login");
        if (now() - s->sent > LOGIN_RETRY) send_block(s, 'L', body, sizeof body);
    }
}

/* Sends a message again and again until the report that is wanted comes. */
static void until(session_t *s, const uint8_t *message, int length, wanted_t *wanted) {
    double sent = 0;
    for (const double start = now(); !wanted->seen; turn(s, wanted)) {
        if (now() - start > PATIENCE) die("no answer");
        if (now() - sent > RESEND) {
            sent = now();
            send_block(s, 'U', message, length);
        }
    }
}

static void run_for(session_t *s, double seconds) {
    for (const double start = now(); now() - start < seconds;) turn(s, NULL);
}

static void place(session_t *s, char **argument) {
    wanted_t number = {.types = "Q"};
    until(s, (const uint8_t *)"Q", 1, &number);
    uint8_t m[47] = {'O'};
    put(m + 1, number.value, 4);
    m[5] = strcmp(argument[0], "buy") == 0 ? 'B' : 'S';
    put(m + 6, strtoull(argument[1], NULL, 10), 4);
    put_text(m + 10, argument[2], 8);
    put(m + 18, (uint64_t)(strtod(argument[3], NULL) * 10000 + 0.5), 8);
    memcpy(m + 26, "0YPNN", 5);
    put_text(m + 31, "", 14);
    put(m + 45, 0, 2);
    wanted_t answer = {.types = "AJ", .number = number.value};
    until(s, m, sizeof m, &answer);
    run_for(s, 0.3);
}

static void cancel(session_t *s, const char *number) {
    uint8_t m[9] = {'X'};
    put(m + 1, strtoull(number, NULL, 10), 4);
    put(m + 5, 0, 4);
    wanted_t answer = {.types = "CI", .number = (uint32_t)get(m + 1, 4)};
    until(s, m, sizeof m, &answer);
}

/* --- Market data: MoldUDP64 on two lines, re-requests, ITCH 5.0 --- */

typedef struct {
    uint64_t reference; /* 0 = free slot: references count from 1 */
    uint32_t shares, price;
    uint8_t symbol[8];
    char side;
} order_t;

/* Displayed orders by reference: open addressing, capacity a power of two, never more than half full. */
typedef struct {
    order_t *slots;
    size_t capacity, count;
} orders_t;

typedef struct {
    int request, lose, packets, requests, over;
    uint8_t session[10];
    uint64_t expected, announced; /* 0 before the first packet */
    double asked;
    orders_t orders;
} feed_t;

static size_t slot_of(const orders_t *o, uint64_t reference) {
    size_t slot = (size_t)(reference * 0x9E3779B97F4A7C15u) & (o->capacity - 1);
    while (o->slots[slot].reference != 0 && o->slots[slot].reference != reference) slot = (slot + 1) & (o->capacity - 1);
    return slot;
}

static void add_order(orders_t *o, const order_t *order) {
    if (2 * (o->count + 1) > o->capacity) {
        orders_t larger = {.capacity = o->capacity ? 2 * o->capacity : 1024};
        larger.slots = calloc(larger.capacity, sizeof *larger.slots);
        if (!larger.slots) die("out of memory");
        for (size_t i = 0; i < o->capacity; i++)
            if (o->slots[i].reference) add_order(&larger, &o->slots[i]);
        free(o->slots);
        *o = larger;
    }
    const size_t slot = slot_of(o, order->reference);
    if (o->slots[slot].reference == 0) o->count++;
    o->slots[slot] = *order;
}

static order_t *find_order(orders_t *o, uint64_t reference) {
    if (o->capacity == 0 || reference == 0) return NULL;
    order_t *order = &o->slots[slot_of(o, reference)];
    return order->reference ? order : NULL;
}

/* Frees a slot and moves up what had to step aside for it. */
static void remove_order(orders_t *o, order_t *order) {
    size_t slot = (size_t)(order - o->slots);
    o->slots[slot].reference = 0;
    o->count--;
    for (slot = (slot + 1) & (o->capacity - 1); o->slots[slot].reference; slot = (slot + 1) & (o->capacity - 1)) {
        const order_t moved = o->slots[slot];
        o->slots[slot].reference = 0;
        o->slots[slot_of(o, moved.reference)] = moved;
    }
}

static void take_shares(orders_t *o, uint64_t reference, uint32_t shares) {
    order_t *order = find_order(o, reference);
    if (!order) return;
    order->shares -= shares < order->shares ? shares : order->shares;
    if (order->shares == 0) remove_order(o, order);
}

static int itch_length(uint8_t type) {
    switch (type) {
    case 'A': return 36;
    case 'F': return 40;
    case 'E': return 31;
    case 'C': return 36;
    case 'X': return 23;
    case 'D': return 19;
    case 'U': return 35;
    default: return 0;
    }
}

static void on_itch(orders_t *o, const uint8_t *m, int length) {
    if (length < 1 || itch_length(m[0]) == 0 || length < itch_length(m[0])) return;
    const uint64_t reference = get(m + 11, 8);
    if (m[0] == 'A' || m[0] == 'F') {
        order_t order = {.reference = reference, .side = (char)m[19], .shares = (uint32_t)get(m + 20, 4),
                         .price = (uint32_t)get(m + 32, 4)};
        memcpy(order.symbol, m + 24, 8);
        add_order(o, &order);
    } else if (m[0] == 'U') {
        order_t *old = find_order(o, reference);
        if (!old) return;
        order_t order = *old;
        remove_order(o, old);
        order.reference = get(m + 19, 8);
        order.shares = (uint32_t)get(m + 27, 4);
        order.price = (uint32_t)get(m + 31, 4);
        add_order(o, &order);
    } else {
        take_shares(o, reference, m[0] == 'D' ? UINT32_MAX : (uint32_t)get(m + 19, 4));
    }
}

/* Session names sort by day and epoch: a later one begins anew, what is late of an earlier one is dropped. */
static int is_current(feed_t *f, const uint8_t *session) {
    const int order = f->expected == 0 ? 1 : memcmp(session, f->session, sizeof f->session);
    if (order > 0) {
        memcpy(f->session, session, sizeof f->session);
        f->expected = f->announced = 1;
        f->over = 0;
        free(f->orders.slots);
        f->orders = (orders_t){0};
    }
    return order >= 0;
}

static void on_packet(feed_t *f, const uint8_t *p, int length) {
    if (length < MOLD_HEADER || !is_current(f, p)) return;
    const uint64_t first = get(p + 10, 8);
    uint64_t count = get(p + 18, 2);
    if (count == END_OF_SESSION) {
        f->over = 1;
        count = 0;
    }
    if (first + count > f->announced) f->announced = first + count;
    int at = MOLD_HEADER;
    for (uint64_t sequence = first; sequence < first + count && at + 2 <= length; sequence++) {
        const int message = (int)get(p + at, 2);
        at += 2;
        if (at + message > length) return;
        if (sequence == f->expected) {
            f->expected++;
            f->asked = 0; /* it goes on: ask for the rest at once */
            on_itch(&f->orders, p + at, message);
        }
        at += message;
    }
}

static void ask_for_missing(feed_t *f) {
    if (f->expected >= f->announced || now() - f->asked < GAP_RETRY) return;
    uint8_t request[MOLD_HEADER];
    const uint64_t missing = f->announced - f->expected;
    f->asked = now();
    f->requests++;
    memcpy(request, f->session, sizeof f->session);
    put(request + 10, f->expected, 8);
    put(request + 18, missing < MOST_WANTED ? missing : MOST_WANTED, 2);
    if (send(f->request, request, sizeof request, 0) < 0 && errno != ECONNREFUSED) die("send");
}

static int open_line(const char *group, uint16_t port, struct in_addr local) {
    const int line = socket(AF_INET, SOCK_DGRAM, 0), yes = 1, room = 4 << 20;
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct ip_mreq membership = {.imr_interface = local};
    inet_pton(AF_INET, group, &where.sin_addr);
    membership.imr_multiaddr = where.sin_addr;
    setsockopt(line, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    setsockopt(line, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    if (line < 0 || bind(line, (struct sockaddr *)&where, sizeof where) < 0 ||
        setsockopt(line, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) < 0)
        die("cannot listen to the feed");
    return line;
}

/* Bids before asks, each best price first. */
static int by_priority(const void *left, const void *right) {
    const order_t *a = left, *b = right;
    if (a->side != b->side) return a->side < b->side ? -1 : 1;
    if (a->price == b->price) return 0;
    return (a->price > b->price) == (a->side == 'B') ? -1 : 1;
}

static void print_book(const orders_t *o, const char *symbol) {
    uint8_t wanted[8];
    put_text(wanted, symbol, sizeof wanted);
    order_t *mine = calloc(o->count + 1, sizeof *mine);
    if (!mine) die("out of memory");
    size_t count = 0;
    for (size_t i = 0; i < o->capacity; i++)
        if (o->slots[i].reference && memcmp(o->slots[i].symbol, wanted, sizeof wanted) == 0) mine[count++] = o->slots[i];
    qsort(mine, count, sizeof *mine, by_priority);
    for (size_t i = 0; i < count;) {
        const order_t *level = &mine[i];
        unsigned long shares = 0, orders = 0;
        for (; i < count && by_priority(level, &mine[i]) == 0; i++, orders++) shares += mine[i].shares;
        printf("%c %u %lu / %lu\n", level->side, level->price, shares, orders);
    }
    free(mine);
}

/* Follows both lines for so long, or until the session is over, and prints what the book looks like then. */
static void book(struct sockaddr_in server, int lose, const char *symbol, double seconds) {
    const uint16_t base = ntohs(server.sin_port);
    feed_t f = {.lose = lose, .request = socket(AF_INET, SOCK_DGRAM, 0)};
    server.sin_port = htons((uint16_t)(base + REREQUEST));
    if (f.request < 0 || connect(f.request, (struct sockaddr *)&server, sizeof server) < 0) die("socket");
    struct sockaddr_in local;
    socklen_t length = sizeof local;
    if (getsockname(f.request, (struct sockaddr *)&local, &length) < 0) die("getsockname");
    struct pollfd ready[3] = {{.fd = f.request, .events = POLLIN},
                              {.fd = open_line(GROUP_A, (uint16_t)(base + LINE_A), local.sin_addr), .events = POLLIN},
                              {.fd = open_line(GROUP_B, (uint16_t)(base + LINE_B), local.sin_addr), .events = POLLIN}};
    const double start = now();
    for (double passed = 0; passed < seconds + PATIENCE; passed = now() - start) {
        const int complete = f.expected > 0 && f.expected == f.announced;
        if (complete && (f.over || passed >= seconds)) break; /* what was announced is still fetched */
        uint8_t packet[2048];
        poll(ready, 3, POLL_MS);
        for (int i = 0; i < 3; i++) {
            const ssize_t got = ready[i].revents ? recv(ready[i].fd, packet, sizeof packet, MSG_DONTWAIT) : 0;
            if (got > 0 && !(f.lose && ++f.packets % f.lose == 0)) on_packet(&f, packet, (int)got);
        }
        ask_for_missing(&f);
    }
    print_book(&f.orders, symbol);
    fprintf(stderr, "messages %llu of %llu, %d requests\n", (unsigned long long)(f.expected ? f.expected - 1 : 0),
            (unsigned long long)(f.announced ? f.announced - 1 : 0), f.requests);
    free(f.orders.slots);
}

int main(int count, char **argument) {
    session_t s = {.username = "TEST00", .password = "spindle"};
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(26400)};
    const char *host = "127.0.0.1";
    for (int option; (option = getopt(count, argument, "H:p:s:w:l:")) != -1;) {
        switch (option) {
        case 'H': host = optarg; break;
        case 'p': server.sin_port = htons((uint16_t)atoi(optarg)); break;
        case 's': s.username = optarg; break;
        case 'w': s.password = optarg; break;
        case 'l': s.lose = atoi(optarg); break;
        default: die("usage: see the head of the source");
        }
    }
    if (inet_pton(AF_INET, host, &server.sin_addr) != 1) die("host: an IPv4 address, please");
    if (count - optind == 3 && strcmp(argument[optind], "book") == 0) {
        book(server, s.lose, argument[optind + 1], strtod(argument[optind + 2], NULL));
        return 0;
    }
    s.socket = socket(AF_INET, SOCK_DGRAM, 0);
    if (s.socket < 0 || connect(s.socket, (struct sockaddr *)&server, sizeof server) < 0) die("socket");
    argument += optind;
    count -= optind;
    const char *command = count > 0 ? argument[0] : "";
    s.expected = strcmp(command, "watch") == 0 ? 1 : 0;
    login(&s);
    if (strcmp(command, "place") == 0 && count == 5) {
        place(&s, argument + 1);
    } else if (strcmp(command, "cancel") == 0 && count == 2) {
        cancel(&s, argument[1]);
    } else if (strcmp(command, "watch") == 0 && count == 2) {
        run_for(&s, strtod(argument[1], NULL));
        printf("reports %u of %u\n", s.expected - 1, s.announced - 1);
    } else {
        die("usage: see the head of the source");
    }
    send_block(&s, 'O', NULL, 0);
    close(s.socket);
    return 0;
}

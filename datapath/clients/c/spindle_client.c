/* A small trading client for Spindle: one file, no dependencies, written from docs/protocol alone.
 *
 *   cc -std=c11 -Wall -Wextra -O2 -o spindle_client spindle_client.c
 *   ./spindle_client [-H host] [-p port] [-s session] [-w password] place buy 100 SPDL 10.00
 *   ./spindle_client cancel 1
 *   ./spindle_client [-l N] watch 5        lose every Nth datagram, to show recovery
 */
#define _POSIX_C_SOURCE 200809L
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
        const ssize_t length = recv(s->socket, d, sizeof d, 0);
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

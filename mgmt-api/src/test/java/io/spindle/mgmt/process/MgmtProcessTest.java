package io.spindle.mgmt.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.log.AnswerRing;
import io.spindle.log.ControlRing;
import io.spindle.log.DataFolder;
import io.spindle.log.RingFile;
import io.spindle.log.RingReader;
import io.spindle.mgmt.api.ApiEndpoint;
import io.spindle.mgmt.security.Authenticator;
import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.mgmt.testing.Call;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.SetEntryStateDecoder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The whole process on an empty data folder: up without media, without trading, without a log. */
@Timeout(120)
class MgmtProcessTest {
    private static final MgmtConfig CONFIG = MgmtConfig.plain("127.0.0.1", 0);

    @TempDir private Path data;

    @BeforeEach
    void makeSmallTables() throws IOException {
        Files.writeString(data.resolve("capacities"), "maxOrders 4096\nmaxHoldings 4096\n");
    }

    @AfterEach
    void clearSharedMemory() throws IOException {
        final Path shared = new DataFolder(data).sharedMemory();
        if (Files.exists(shared)) {
            try (var files = Files.walk(shared)) {
                files.sorted(Comparator.reverseOrder()).forEach(MgmtProcessTest::delete);
            }
        }
    }

    @Test
    void shouldServeAnEmptyFolderAndSayThatItIsNotReady() throws IOException {
        final DataFolder folder = new DataFolder(data);
        try (MgmtProcess process = new MgmtProcess(folder, CONFIG)) {
            final Call anyone = new Call(process.port());
            assertEquals(200, anyone.get("/livez").status());
            assertEquals(503, anyone.get("/readyz").status());
            final Call admin = anyone.as(Files.readString(folder.adminKey()).strip());
            assertEquals("0", admin.get("/v1/orders").text("/sequence"));
            assertEquals(200, admin.get("/metrics").status());
            assertEquals(404, admin.get("/v1/nic").status());
            Files.writeString(
                    folder.nic(),
                    """
                    backend=afxdp
                    mode=native, copy
                    interface=eth0
                    driver=veth
                    queue=0
                    rxRing=2048
                    txRing=2048
                    mac=02:00:0a:00:00:01
                    address=10.0.0.1
                    port=26400
                    timestamps=none
                    reason=asked for by name
                    """);
            final Call.Reply nic = admin.get("/v1/nic");
            assertEquals("afxdp", nic.text("/backend"));
            assertEquals("native, copy", nic.text("/mode"));
            assertEquals("2048", nic.text("/rxRing"));
            assertEquals("0", nic.text("/counters/frames_received"));
            assertEquals(401, anyone.get("/v1/nic").status());
        }
    }

    @Test
    void shouldCountTheDriftThatTheSupervisorNotes() throws IOException {
        final DataFolder folder = new DataFolder(data);
        try (MgmtProcess process = new MgmtProcess(folder, CONFIG)) {
            final Call anyone = new Call(process.port());
            final Call admin = anyone.as(Files.readString(folder.adminKey()).strip());
            assertTrue(anyone.get("/readyz").body().contains("\"no drift is noted\""));
            assertTrue(admin.get("/metrics").body().contains("\nspindle_profile_drift 0.0\n"));
            RunFolder.of(data).noteDrift(List.of("/proc/sys/vm/swappiness is '60', wanted '0'"));
            final String checks = anyone.get("/readyz").body();
            assertTrue(
                    checks.contains(
                            "{\"name\":\"profile\",\"ok\":true,\"detail\":\"settings that differ:"
                                    + " 1; /v1/profile names them\"}"),
                    checks);
            assertTrue(admin.get("/metrics").body().contains("\nspindle_profile_drift 1.0\n"));
        }
    }

    @Test
    void shouldKeepTheKeyFromOtherEyesAndOverRestarts() throws IOException {
        final DataFolder folder = new DataFolder(data);
        new MgmtProcess(folder, CONFIG).close();
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.adminKey())));
        final String key = Files.readString(folder.adminKey());
        new MgmtProcess(folder, CONFIG).close();
        assertEquals(key, Files.readString(folder.adminKey()));
        Files.setPosixFilePermissions(
                folder.adminKey(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(IOException.class, () -> new MgmtProcess(folder, CONFIG).close());
    }

    /** Nobody waits for it: the API is there, and the way to the loop is open. */
    @Test
    void shouldServeAndStopTradingWhileTheDatabaseRefuses() throws Exception {
        final DataFolder folder = new DataFolder(data).create();
        final MgmtConfig config =
                new MgmtConfig(
                        ApiEndpoint.plain("127.0.0.1", 0),
                        Authenticator.NOBODY,
                        "jdbc:postgresql://127.0.0.1:" + refusedPort() + "/none?user=nobody");
        final BlockingQueue<Character> states = new LinkedBlockingQueue<>();
        final Thread loop = Thread.ofPlatform().start(() -> answer(folder, states));
        try (MgmtProcess process = new MgmtProcess(folder, config)) {
            final Call admin =
                    new Call(process.port()).as(Files.readString(folder.adminKey()).strip());
            assertEquals(200, admin.get("/v1/orders").status());
            assertEquals(
                    "is not open yet; this process's log says why",
                    detail(admin.get("/readyz"), "database"));
            final Call.Reply report = admin.get("/v1/reports/trades?date=2025-11-20");
            assertEquals(503, report.status(), report.body());
            assertEquals("UNAVAILABLE", report.text("/code"));
            final Call.Reply stopped =
                    admin.post(
                            "/v1/kill-switch",
                            "{\"scope\":\"system\",\"state\":\"halted\",\"reason\":\"drill\"}");
            assertEquals(201, stopped.status(), stopped.body());
            assertEquals('H', states.take());
        } finally {
            loop.interrupt();
            loop.join();
        }
    }

    private static int refusedPort() throws IOException {
        try (ServerSocket nobody = new ServerSocket(0)) {
            return nobody.getLocalPort();
        }
    }

    private static String detail(final Call.Reply readiness, final String name) {
        for (final JsonNode check : readiness.json().path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check.path("detail").asText();
            }
        }
        throw new AssertionError("no " + name + " in " + readiness.body());
    }

    /** What the loop does with kill switches, until the thread is interrupted. */
    private static void answer(final DataFolder folder, final BlockingQueue<Character> states) {
        try (RingFile requests = ControlRing.openFile(folder);
                RingFile answers = AnswerRing.openFile(folder)) {
            final RingReader reader = requests.reader();
            final AnswerRing writer = AnswerRing.writer(answers);
            final MessageHeaderDecoder header = new MessageHeaderDecoder();
            final SetEntryStateDecoder command = new SetEntryStateDecoder();
            while (!Thread.currentThread().isInterrupted()) {
                reader.poll(
                        (sequence, timeNs, buffer, offset, length) -> {
                            header.wrap(buffer, offset);
                            if (header.templateId() == SetEntryStateDecoder.TEMPLATE_ID) {
                                command.wrapAndApplyHeader(buffer, offset, header);
                                states.add((char) command.state());
                                writer.answer(command.requestHigh(), command.requestLow(), 0, 0);
                            }
                        },
                        10);
                reader.release(reader.sequence(), reader.position());
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(final Path path) {
        try {
            Files.delete(path);
        } catch (final IOException busy) {
            throw new UncheckedIOException(busy);
        }
    }
}

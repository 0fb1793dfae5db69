package io.spindle.mgmt.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.testing.Call;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

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

    private static void delete(final Path path) {
        try {
            Files.delete(path);
        } catch (final IOException busy) {
            throw new UncheckedIOException(busy);
        }
    }
}

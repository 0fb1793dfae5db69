package io.spindle.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.trading.LiveTrading;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

@Timeout(300)
class CertifyTest {
    @TempDir Path path;

    private final StringWriter out = new StringWriter();
    private LiveTrading live;

    @BeforeEach
    void start() throws Exception {
        live = new LiveTrading(path.resolve("data"));
        live.startSample();
    }

    @AfterEach
    void stop() {
        live.close();
    }

    private int certify(final String... arguments) {
        final CommandLine line = new CommandLine(new CertifyCommand());
        line.setOut(new PrintWriter(out));
        final String[] all = new String[arguments.length + 2];
        all[0] = "--port-base";
        all[1] = Integer.toString(live.ports.base());
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return line.execute(all);
    }

    @Test
    void shouldCertifyOurServerAndAgainAfterARestart() throws Exception {
        assertEquals(0, certify("--session", "TEST90"), out::toString);
        assertTrue(out.toString().contains("CERTIFIED: server of TEST90, 17 of 17 checks"));
        live.stop();
        live.startSample();
        assertEquals(0, certify("--session", "TEST90"), out::toString);
    }

    @Test
    void shouldSayWhatFailed() {
        assertEquals(1, certify("--session", "NOBODY"));
        assertTrue(out.toString().contains("FAIL  accepts the login"), out::toString);
        assertTrue(out.toString().contains("NOT CERTIFIED: server of NOBODY"), out::toString);
        assertEquals(1, certify("--session", "TEST00", "--client", "--seconds", "1"));
        assertTrue(out.toString().contains("FAIL  drop copy of the session"), out::toString);
    }
}

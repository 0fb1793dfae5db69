package io.spindle.mgmt.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;

import io.spindle.mgmt.control.Commands;
import io.spindle.mgmt.model.Note;
import io.spindle.mgmt.testing.Market;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Messages arrive once, in order, and those that do not arrive are listed. */
@Timeout(120)
class NotificationsTest {
    private static final Delivery.Retry IMPATIENT = new Delivery.Retry(3, 5);
    private static final String MAIL =
            "{\"type\":\"email\",\"target\":\"risk@example.org\",\"topics\":[\"orders\"],"
                    + "\"statuses\":[\"rejected\"]}";

    @TempDir Path folder;
    private final Market market = new Market();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private HttpServer receiver;
    private Notifications notifications;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    final String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    final boolean refuse = refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
                    if (!refuse) {
                        received.add(body);
                    }
                    exchange.sendResponseHeaders(refuse ? 503 : 204, -1);
                    exchange.close();
                });
        receiver.start();
        notifications = open();
    }

    private Notifications open() throws IOException {
        return new Notifications(
                market.view, market.events, folder, folder.resolve("smtp.json"), IMPATIENT);
    }

    @AfterEach
    void stop() {
        notifications.close();
        receiver.stop(0);
    }

    private void define(final String name, final String channel) throws IOException {
        market.desk.ask(
                Commands.annotate(
                        UUID.randomUUID(), new Note(Notifications.KIND, name, "test", channel)));
        await(() -> notifications.status().stream().anyMatch(one -> one.name().equals(name)));
    }

    private String webhook(final String filters) {
        return "{\"type\":\"webhook\",\"target\":\"http://127.0.0.1:"
                + receiver.getAddress().getPort()
                + "/\""
                + filters
                + "}";
    }

    @Test
    void shouldDeliverWhatTheFiltersLetThroughInOrder() throws IOException {
        define(
                "hook",
                webhook(",\"topics\":[\"orders\"],\"statuses\":[\"filled\"],\"firms\":[\"FOES\"]"));
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'S', "SPDL", 40, 10_0000);
        market.enter(2, 'S', "SPDL", 10, 10_0000);
        await(() -> received.size() == 2);
        assertTrue(received.get(0).contains("FOES00-0-1"), received.toString());
        assertTrue(received.get(1).contains("FOES00-0-2"), received.toString());
    }

    @Test
    void shouldTryAgainAndThenListWhatDidNotArrive() throws Exception {
        define("hook", webhook(",\"topics\":[\"orders\"]"));
        refusals.set(2);
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        await(() -> received.size() == 1);
        assertEquals(0, notifications.deadLetters().size());
        refusals.set(3);
        market.enter(0, 'B', "SPDL", 200, 10_0000);
        await(() -> notifications.deadLetters().size() == 1);
        market.enter(0, 'B', "SPDL", 300, 10_0000);
        await(() -> received.size() == 2);
        final var letter = notifications.deadLetters().getFirst();
        assertEquals("TEST00-0-2", letter.message().key());
        assertEquals(3, letter.attempts());
        refusals.set(1);
        assertThrows(IOException.class, () -> notifications.retry(letter.id()));
        assertTrue(notifications.retry(letter.id()));
        assertFalse(notifications.retry(letter.id()));
        assertEquals(3, received.size());
    }

    @Test
    void shouldGoOnAfterARestartWithoutDouble() throws IOException {
        define("hook", webhook(",\"topics\":[\"transactions\"]"));
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        market.enter(2, 'S', "SPDL", 1, 10_0000);
        await(() -> received.size() == 1);
        final long last = market.log.lastSequence();
        await(() -> position().startsWith(last + "."));
        notifications.close();
        market.enter(2, 'S', "SPDL", 2, 10_0000);
        notifications = open();
        await(() -> received.size() == 2);
        assertTrue(received.get(1).contains("\"quantity\":\"2\""), received.toString());
    }

    private String position() {
        try {
            final Path file = folder.resolve("hook.position");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A file of nonsense costs repeats, never the process. */
    @Test
    void shouldBeginAnewWhenThePositionIsUnreadable() throws IOException {
        define("hook", webhook(",\"topics\":[\"orders\"]"));
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        await(() -> received.size() == 1);
        notifications.close();
        Files.writeString(folder.resolve("hook.position"), "");
        notifications = open();
        await(() -> received.size() == 2);
        assertTrue(received.get(1).contains("TEST00-0-1"), received.toString());
        await(() -> position().startsWith(market.log.lastSequence() + "."));
    }

    @Test
    void shouldGoOnWhileThePositionCannotBeSaved() throws IOException {
        final Path inTheWay = Files.createDirectories(folder.resolve("hook.position/stone"));
        define("hook", webhook(",\"topics\":[\"orders\"]"));
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        await(() -> received.size() == 1);
        await(() -> notifications.status().getFirst().problem().contains("hook.position"));
        market.enter(0, 'B', "SPDL", 200, 10_0000);
        await(() -> received.size() == 2);
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        await(() -> position().startsWith(market.log.lastSequence() + "."));
        await(() -> notifications.status().getFirst().problem().isEmpty());
        assertEquals(2, received.size());
    }

    @Test
    void shouldTryAgainWhileADeadLetterCannotBeWrittenDown() throws IOException {
        define("hook", webhook(",\"topics\":[\"orders\"]"));
        Files.createDirectories(folder.resolve("dead-letters.jsonl.new/stone"));
        refusals.set(IMPATIENT.attempts());
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        await(() -> received.size() == 1);
        assertEquals(List.of(), notifications.deadLetters());
    }

    private static GreenMail mailServer() {
        final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
        mail.start();
        return mail;
    }

    private Path mailSettings(final GreenMail mail) throws IOException {
        return mailSettings(
                "{\"host\":\"127.0.0.1\",\"port\":"
                        + mail.getSmtp().getPort()
                        + ",\"from\":\"spindle@example.org\"}");
    }

    private Path mailSettings(final String json) throws IOException {
        final Path settings = folder.resolve("smtp.json");
        Files.writeString(settings, json);
        return Files.setPosixFilePermissions(
                settings, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void shouldSayWhatTheMailSettingsLackAndGoOnOnceTheyAreRight() throws Exception {
        final GreenMail mail = mailServer();
        try {
            mailSettings("{\"port\":25}");
            define("risk", MAIL);
            market.enter(0, 'B', "NONE", 1, 1);
            await(() -> notifications.deadLetters().size() == 1);
            final String problem = notifications.deadLetters().getFirst().problem();
            assertTrue(problem.contains("smtp.json has no host"), problem);
            mailSettings(mail);
            market.enter(0, 'B', "NONE", 2, 1);
            assertTrue(mail.waitForIncomingEmail(60_000, 1));
            assertEquals("Spindle: orders TEST00-0-2", mail.getReceivedMessages()[0].getSubject());
        } finally {
            mail.stop();
        }
    }

    @Test
    void shouldDemandASender() throws IOException {
        final Path settings = mailSettings("{\"host\":\"127.0.0.1\",\"port\":25}");
        assertEquals(
                "smtp.json has no from",
                assertThrows(IOException.class, () -> MailServer.read(settings)).getMessage());
    }

    @Test
    void shouldSendMail() throws Exception {
        final GreenMail mail = mailServer();
        try {
            mailSettings(mail);
            define("risk", MAIL);
            market.enter(0, 'B', "NONE", 1, 1);
            assertTrue(mail.waitForIncomingEmail(60_000, 1));
            final var message = mail.getReceivedMessages()[0];
            assertEquals("Spindle: orders TEST00-0-1", message.getSubject());
            assertEquals("risk@example.org", message.getAllRecipients()[0].toString());
            assertTrue(message.getContent().toString().contains("SYMBOL"));
        } finally {
            mail.stop();
        }
    }

    @Test
    void shouldNotReadAPasswordThatOthersCanRead() throws IOException {
        final Path settings = folder.resolve("open.json");
        Files.writeString(settings, "{}");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(
                assertThrows(IOException.class, () -> MailServer.read(settings))
                        .getMessage()
                        .contains("chmod 600"));
    }

    @Test
    void shouldLogAndStopWhenTheChannelIsTakenAway() throws IOException {
        define("log", "{\"type\":\"log\"}");
        market.enter(0, 'B', "SPDL", 100, 10_0000);
        await(() -> notifications.status().getFirst().delivered() > 0);
        market.desk.ask(
                Commands.annotate(
                        UUID.randomUUID(), new Note(Notifications.KIND, "log", "test", "")));
        await(() -> notifications.status().isEmpty());
    }

    private static void await(final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "never happened");
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (final InterruptedException end) {
                Thread.currentThread().interrupt();
                throw new AssertionError(end);
            }
        }
    }
}

package io.spindle.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.journal.MediaThread;
import io.spindle.log.ControlClient;
import io.spindle.log.DataFolder;
import io.spindle.oms.Ascii;
import io.spindle.oms.CommandBatch;
import io.spindle.oms.CommandSink;
import io.spindle.oms.SymbolImage;
import io.spindle.oms.TradingEngine;
import io.spindle.replica.Replica;
import io.spindle.shard.MemberCommands;
import io.spindle.shard.ShardCommand;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Two appliances with symbols of their own, and a symbol that moves from one to the other. */
@Timeout(240)
class SymbolMoveTest {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PRICE = 100_000;

    @TempDir Path path;

    private LiveTrading first;
    private LiveTrading second;
    private MediaThread firstMedia;
    private MediaThread secondMedia;
    private Path file;

    @BeforeEach
    void startTwo() throws Exception {
        file = path.resolve("SPDL.symbol");
        first = new LiveTrading(path.resolve("first"));
        first.start(market("one", "SPDL", "ANNA-1,SPDL,5000"));
        firstMedia = new MediaThread(first.folder);
        second = new LiveTrading(path.resolve("second"));
        second.start(market("two", "ROTR", "ANNA-1,ROTR,5000"));
        secondMedia = new MediaThread(second.folder);
    }

    @AfterEach
    void stop() {
        firstMedia.close();
        secondMedia.close();
        first.close();
        second.close();
    }

    /** The same members everywhere, a symbol each, money on both. */
    private Bootstrap market(final String name, final String symbol, final String holding)
            throws IOException {
        final Path folder = Files.createDirectories(path.resolve(name));
        write(folder, "instruments.csv", symbol + ",USD,0.01,1,1,100000,1000,4");
        write(folder, "accounts.csv", "ANNA-1,ANNA,false\nBERT-1,BERT,false");
        write(
                folder,
                "sessions.csv",
                "ANNA01,secret,ANNA,ANNA-1,false\nBERT01,secret,BERT,BERT-1,false");
        write(folder, "balances.csv", "ANNA-1,USD,10000.00\nBERT-1,USD,20000.00\n" + holding);
        return new Bootstrap.Folder(folder);
    }

    private static void write(final Path folder, final String name, final String rows)
            throws IOException {
        Files.writeString(folder.resolve(name), "head\n" + rows + "\n");
    }

    private static String shard(
            final int code, final DataFolder folder, final Object... arguments) {
        final StringWriter said = new StringWriter();
        final CommandLine line = new CommandLine(new ShardCommand());
        line.setOut(new PrintWriter(said, true));
        line.setErr(new PrintWriter(said, true));
        final List<String> all =
                new ArrayList<>(Arrays.stream(arguments).map(Object::toString).toList());
        all.addAll(List.of("--data", folder.path().toString()));
        assertEquals(code, line.execute(all.toArray(String[]::new)), said::toString);
        return said.toString();
    }

    /**
     * Orders of people: two sessions, both sides, a queue that a partial fill and a cancel changed.
     */
    private void trade() throws IOException {
        final int anna = 0;
        final int bert = 1;
        try (ControlClient control = ControlClient.open(first.folder)) {
            final CommandSink to = sink(control);
            MemberCommands.enter(to, anna, 1, 'S', 300, PRICE + 200, "SPDL");
            MemberCommands.enter(to, bert, 1, 'B', 100, PRICE, "SPDL");
            MemberCommands.enter(to, anna, 2, 'B', 50, PRICE, "SPDL");
            MemberCommands.enter(to, bert, 2, 'B', 70, PRICE, "SPDL");
            MemberCommands.enter(
                    to, bert, 3, 'B', 120, PRICE + 200, "SPDL"); // takes 120 of the 300
            MemberCommands.enter(to, bert, 4, 'B', 10, PRICE - 100, "SPDL");
            MemberCommands.enter(to, anna, 3, 'S', 40, PRICE + 200, "SPDL");
            MemberCommands.cancel(to, bert, 4, 0);
            MemberCommands.enter(to, bert, 5, 'B', 30, PRICE - 100, "SPDL");
        }
    }

    private static CommandSink sink(final ControlClient control) {
        return (buffer, offset, length) -> {
            try {
                while (!control.send(buffer, offset, length)) {
                    LockSupport.parkNanos(1_000);
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** The engine of a folder behind all that was said until now. */
    private static TradingEngine engine(final DataFolder folder) throws IOException {
        final UUID look = UUID.randomUUID();
        try (ControlClient control = ControlClient.open(folder);
                Replica replica = Replica.ofState(folder, folder.engineConfig(), Long.MAX_VALUE)) {
            new CommandBatch(
                            sink(control),
                            look.getMostSignificantBits(),
                            look.getLeastSignificantBits())
                    .commit();
            final TradingEngine engine = replica.engine();
            final long deadlineNs = System.nanoTime() + PATIENCE_NS;
            while (engine.answer(look.getMostSignificantBits(), look.getLeastSignificantBits()) < 0
                    || engine.pendingContinue() != 0) {
                assertTrue(System.nanoTime() - deadlineNs < 0, "never at rest");
                if (replica.poll(16) == 0) {
                    LockSupport.parkNanos(100_000);
                }
            }
            return engine;
        }
    }

    private static long cash(final TradingEngine engine, final String account) {
        final int number = engine.accounts().find(Ascii.pack(account), Ascii.BLANK);
        return engine.cash().balance(engine.cash().find(number, Ascii.packInt("USD")));
    }

    private static long lots(final TradingEngine engine) {
        return SymbolImage.of(engine, "SPDL").lines().stream()
                .filter(line -> line.startsWith("holding"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(',') + 1)))
                .sum();
    }

    @Test
    void shouldBeTheSameSymbolThereAndNothingHere() throws Exception {
        trade();
        final long cash =
                cash(engine(first.folder), "BERT-1") + cash(engine(second.folder), "BERT-1");
        assertEquals(5_000, lots(engine(first.folder)));
        final String exported = shard(0, first.folder, "export", "SPDL", file);
        final SymbolImage here = SymbolImage.of(engine(first.folder), "SPDL");
        assertEquals(6, here.lines().stream().filter(line -> line.startsWith("order")).count());
        assertTrue(shard(1, first.folder, "export", "SPDL", file).contains("another name"));
        assertTrue(shard(1, second.folder, "import", file).contains("release it first"));

        shard(0, second.folder, "check", file);
        shard(0, first.folder, "release", file);
        shard(0, first.folder, "release", file);
        final TradingEngine left = engine(first.folder);
        assertEquals(List.of(), SymbolImage.of(left, "SPDL").lines().stream().skip(2).toList());
        assertEquals(0, left.orders().open());

        final String imported = shard(0, second.folder, "import", file);
        assertEquals(exported.replace("exported", "imported"), imported);
        assertEquals(imported, shard(0, second.folder, "import", file), "a repetition");
        assertTrue(shard(1, first.folder, "import", file).contains("to another appliance"));
        final TradingEngine there = engine(second.folder);
        assertEquals(here.lines(), SymbolImage.of(there, "SPDL").lines());
        assertEquals(5_000, lots(there));
        assertEquals(cash, cash(engine(first.folder), "BERT-1") + cash(there, "BERT-1"));
    }

    @Test
    void shouldTradeThereInTheOldQueueAndLeaveTheOtherSymbolsAlone() throws Exception {
        trade();
        shard(0, first.folder, "export", "SPDL", file);
        shard(0, first.folder, "release", file);
        shard(0, second.folder, "import", file);
        final List<String> other = SymbolImage.of(engine(second.folder), "ROTR").lines();
        final TradingEngine engine = engine(second.folder);
        assertNotEquals(first.folder.logId(), second.folder.logId());
        final StringBuilder queue = new StringBuilder();
        engine.book(engine.instruments().find(Ascii.pack("SPDL")))
                .visitOrders(
                        'B',
                        (order, price, lots) -> {
                            queue.append(
                                            Ascii.unpack(
                                                    engine.sessions()
                                                            .username(
                                                                    engine.orders()
                                                                            .session(order))))
                                    .append(' ')
                                    .append(lots)
                                    .append(',');
                            return true;
                        });
        assertEquals("BERT01 100,ANNA01 50,BERT01 70,BERT01 30,", queue.toString());
        assertEquals(List.of("holding,ANNA:ANNA-1,5000"), other.subList(2, other.size()));
    }

    @Test
    void shouldRefuseWhatItCannotCarryAndWhatHasChanged() throws Exception {
        trade();
        shard(0, first.folder, "export", "SPDL", file);
        final String content = Files.readString(file);
        assertTrue(content.contains(",180,"), content);
        Files.writeString(path.resolve("cut"), content.replace(",180,", ",181,"));
        assertTrue(shard(1, second.folder, "import", path.resolve("cut")).contains("not whole"));

        try (ControlClient control = ControlClient.open(first.folder)) {
            MemberCommands.cancel(sink(control), 1, 5, 0);
        }
        engine(first.folder);
        assertTrue(shard(1, first.folder, "release", file).contains("has changed"));
        assertEquals(5, engine(first.folder).orders().open());
        final Path again = path.resolve("again");
        shard(0, first.folder, "export", "SPDL", again);
        shard(0, first.folder, "release", again);
        shard(0, second.folder, "import", again);
        assertEquals(5, engine(second.folder).orders().open());
    }

    @Test
    void shouldSayBeforeAnythingIsDoneWhatWouldBeRefused() throws Exception {
        trade();
        shard(0, first.folder, "export", "SPDL", file);
        book(-199_950_000);
        assertTrue(
                shard(1, second.folder, "check", file)
                        .contains("in the file only: order,B,100000,100,1,BERT01"));
        shard(0, first.folder, "release", file);
        shard(1, second.folder, "import", file);
        assertEquals(
                0, engine(second.folder).instruments().find(Ascii.pack("SPDL")), "nothing done");
        book(199_950_000);
        shard(0, second.folder, "import", file);
        assertEquals(6, engine(second.folder).orders().open());
    }

    private void book(final long cash) throws IOException {
        try (ControlClient control = ControlClient.open(second.folder)) {
            new CommandBatch(sink(control), 0, 0).cash("BERT-1", "USD", cash).commit();
        }
        engine(second.folder);
    }
}

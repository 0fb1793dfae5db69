package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.oms.command.BatchCommitEncoder;
import io.spindle.oms.command.DefineFirmEncoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class AdministrationTest {
    private final Market market = new Market();

    @Test
    void shouldLoadTheSampleMarket() {
        SampleMarket.write(market);
        final List<String> events = market.events.take();
        assertEquals("itch instrument 1", events.get(1));
        assertEquals("result " + Ascii.pack("SAMPLE") + ".1 NONE", events.getLast());
        assertEquals(2, market.engine.instruments().count());
        assertEquals(100, market.engine.sessions().count());
        assertEquals(100_000_000_000_000L, market.cash("TEST99"));
        assertEquals(1_000_000_000L, market.lots("TEST00"));
        assertEquals(99, market.engine.sessions().find(Ascii.pack("TEST99")));
        assertFalse(
                events.stream()
                        .anyMatch(line -> line.startsWith("result") && !line.endsWith("NONE")));
    }

    @Test
    void shouldKnowAPasswordByItsSaltedHash() {
        SampleMarket.write(market);
        final UnsafeBuffer salt = new UnsafeBuffer(new byte[16]);
        final UnsafeBuffer secret = new UnsafeBuffer(new byte[32]);
        market.engine.sessions().salt(7, salt, 0);
        market.engine.sessions().secret(7, secret, 0);
        assertEquals(new UnsafeBuffer(Password.secret(salt.byteArray(), "spindle   ")), secret);
    }

    @Test
    void shouldShowNothingOfABatchBeforeItsCommit() {
        final List<byte[]> commands = new ArrayList<>();
        SampleMarket.write((buffer, offset, length) -> commands.add(copy(buffer, offset, length)));
        apply(commands.subList(0, commands.size() - 1));
        assertEquals(0, market.engine.instruments().count());
        assertEquals(0, market.engine.sessions().count());
        apply(commands.subList(commands.size() - 1, commands.size()));
        assertEquals(2, market.engine.instruments().count());
    }

    @Test
    void shouldDiscardABatchThatIsNotWhole() {
        final List<byte[]> commands = new ArrayList<>();
        SampleMarket.write((buffer, offset, length) -> commands.add(copy(buffer, offset, length)));
        commands.remove(5);
        apply(commands);
        assertTrue(market.events.take().getLast().endsWith("BATCH_CHECKSUM"));
        assertEquals(0, market.engine.instruments().count());
        assertEquals("result 0.1 NO_BATCH", commit(1));
    }

    @Test
    void shouldDiscardAnOpenBatchWhenAnotherBegins() {
        final List<byte[]> commands = new ArrayList<>();
        SampleMarket.write((buffer, offset, length) -> commands.add(copy(buffer, offset, length)));
        apply(commands.subList(0, 50));
        apply(commands);
        assertEquals(2, market.engine.instruments().count());
        assertEquals(100, market.engine.sessions().count());
    }

    /** A row that came behind it would be taken for one of the batch, and never be answered. */
    @Test
    void shouldLeaveNoBatchOpenBehindOneThatCameAgain() {
        SampleMarket.write(market);
        final long cash = market.cash("TEST00");
        SampleMarket.write(market);
        assertEquals("result " + Ascii.pack("SAMPLE") + ".1 NONE", market.events.take().getLast());
        assertEquals(cash, market.cash("TEST00"), "once");
        final DefineFirmEncoder firm = new DefineFirmEncoder();
        firm.wrapAndApplyHeader(market.buffer, 0, market.header)
                .requestHigh(3)
                .requestLow(4)
                .firm(Ascii.packInt("NEW"));
        market.onCommand(market.buffer, 0, market.header.encodedLength() + firm.encodedLength());
        assertEquals(List.of("result 3.4 NONE"), market.events.take());
    }

    @Test
    void shouldLeaveAnothersBatchOpenWhenACommitComesAgainAlone() {
        final List<byte[]> first = new ArrayList<>();
        SampleMarket.write((buffer, offset, length) -> first.add(copy(buffer, offset, length)));
        apply(first);
        market.events.take();
        final CommandBatch batch = new CommandBatch(market, 0, 0);
        batch.instrument(
                new CommandBatch.Instrument(
                        "OTHER", "USD", 100, 1, 1, 1_000_000, 199_999_9900L, 4, 0));
        apply(List.of(first.getLast()));
        batch.commit();
        assertEquals("result 0.0 NONE", market.events.take().getLast());
        assertEquals(3, market.engine.instruments().count());
    }

    @Test
    void shouldRefuseABatchThatIsTooLarge() {
        final Market tiny = new Market(new EngineConfig(16, 8, 128, 128, 1_024, 256, 64, 256));
        SampleMarket.write(tiny);
        assertTrue(tiny.events.take().getLast().endsWith("BATCH_FULL"));
        assertEquals(0, tiny.engine.instruments().count());
    }

    @Test
    void shouldAnswerARepeatedRequestWithoutDoingItAgain() {
        SampleMarket.write(market);
        market.events.take();
        assertEquals(List.of("itch state 1 H", "result 0.9 NONE"), market.tradingState(9, 'H'));
        market.tradingState(10, 'T');
        assertEquals(List.of("result 0.9 NONE"), market.tradingState(9, 'H'));
        assertEquals('T', market.engine.instruments().tradingState(1));
    }

    @Test
    void shouldForgetTheOldestRequestFirst() {
        SampleMarket.write(market);
        for (int request = 1; request <= 1_024; request++) {
            market.tradingState(request, 'T');
        }
        assertEquals(List.of("result 0.1 NONE"), market.tradingState(1, '?'));
        market.tradingState(1_025, 'T');
        assertEquals(List.of("result 0.2 NONE"), market.tradingState(2, '?'));
        market.tradingState(1_026, 'T');
        market.tradingState(1_027, 'T');
        assertEquals(List.of("result 0.1 FIELD"), market.tradingState(1, '?'));
    }

    @Test
    void shouldRefuseDefinitionsThatDoNotFit() {
        final CommandBatch.Instrument sound =
                new CommandBatch.Instrument("SPDL", "USD", 100, 1, 1, 10, 1_000, 4, 0);
        assertEquals("NONE", define(sound));
        assertEquals("NONE", define(sound));
        assertEquals(
                "DUPLICATE",
                define(new CommandBatch.Instrument("SPDL", "EUR", 100, 1, 1, 10, 1_000, 4, 0)));
        assertEquals(
                "FIELD", define(new CommandBatch.Instrument("A", "USD", 0, 1, 1, 10, 1_000, 4, 0)));
        assertEquals(
                "FIELD",
                define(new CommandBatch.Instrument("A", "USD", 1, 1, 1, 10, 1L << 32, 4, 0)));
        assertEquals(
                "FIELD",
                define(new CommandBatch.Instrument("A", "USD", 1, 1, 1, 1L << 32, 10, 4, 0)));
        assertEquals(
                "FIELD", define(new CommandBatch.Instrument("A", "USD", 1, 1, 9, 8, 10, 4, 0)));
        assertEquals(
                "FIELD", define(new CommandBatch.Instrument("A", "USD", 1, 1, 1, 8, 10, 9, 0)));
    }

    @Test
    void shouldRefuseRowsThatPointNowhere() {
        batch(b -> b.account("A1", "FIRM", 0));
        assertEquals("FIRM", result());
        batch(b -> b.firm("FIRM").firm("FIRM").account("A1", "FIRM", 0));
        assertEquals("NONE", result());
        batch(b -> b.firm("ELSE").account("A:1", "ELSE", 0));
        assertEquals("FIELD", result());
        batch(b -> b.session(session("S1", "NONE", "A1")));
        assertEquals("FIRM", result());
        batch(b -> b.session(session("S1", "FIRM", "A2")));
        assertEquals("ACCOUNT", result());
        batch(b -> b.session(session("S1", "ELSE", "A1")));
        assertEquals("ACCOUNT_FOREIGN", result());
        batch(b -> b.session(session("S1", "FIRM", "A1")));
        assertEquals("NONE", result());
        batch(b -> b.account("E1", "ELSE", 0).session(session("S1", "ELSE", "E1")));
        assertEquals("DUPLICATE", result());
        batch(b -> b.cash("A9", "USD", 1));
        assertEquals("ACCOUNT", result());
        batch(b -> b.cash("A1", "USD", Long.MAX_VALUE));
        assertEquals("AMOUNT", result());
        batch(b -> b.cash("A1", "USD", Long.MIN_VALUE));
        assertEquals("AMOUNT", result());
        batch(b -> b.holding("A1", "NONE", 1));
        assertEquals("SYMBOL", result());
        batch(b -> b.holding("A9", "NONE", 1));
        assertEquals("ACCOUNT", result());
    }

    @Test
    void shouldKeepLongAccountCodesApart() {
        batch(
                b ->
                        b.firm("FIRM")
                                .account("ABCDEFGH12345678", "FIRM", 1)
                                .account("ABCDEFGH", "FIRM", 0));
        final AccountTable accounts = market.engine.accounts();
        assertEquals(4, accounts.count());
        final int account = accounts.find(Ascii.pack("ABCDEFGH"), Ascii.pack("12345678"));
        assertEquals(
                "ABCDEFGH12345678",
                Ascii.unpack(accounts.codeHigh(account), accounts.codeLow(account)));
        assertEquals(1, accounts.flags(account));
        assertEquals("FIRM", Ascii.unpack(accounts.firm(account)));
    }

    @Test
    void shouldFollowSessionsUpAndDown() {
        SampleMarket.write(market);
        market.events.take();
        assertEquals(List.of("session up 3"), market.up(3));
        assertTrue(market.engine.sessions().isUp(3));
        assertEquals(5_003, market.engine.sessions().port(3));
        assertEquals(0x7F00_0001, market.engine.sessions().address(3));
        assertEquals(0x0102_0304_0506L, market.engine.sessions().mac(3));
        assertEquals(List.of("session down 3 1"), market.down(3, 1));
        assertEquals(List.of(), market.down(3, 1));
    }

    @Test
    void shouldBeginOutboundSequencesAgainEveryDay() {
        SampleMarket.write(market);
        market.events.take();
        market.enter(0, 1, 'B', 1, 100);
        assertEquals(2, market.engine.sessions().nextOutboundSequence(0));
        assertEquals("day 20261120 1", market.dayStart(20261120, 1).getFirst());
        assertEquals(1, market.engine.sessions().nextOutboundSequence(0));
        assertEquals(1, market.engine.sessions().lastUserRefNum(0, 0));
        assertEquals(20261120, market.engine.date());
        assertEquals(1, market.engine.epoch());
    }

    @Test
    void shouldBeginADayOnce() {
        SampleMarket.write(market);
        market.dayStart(20261120, 1);
        market.enter(0, 1, 'B', 1, 100);
        for (final int[] past : new int[][] {{20261120, 1}, {20261120, 0}, {20261119, 9}}) {
            assertEquals(List.of(), market.dayStart(past[0], past[1]));
        }
        assertEquals(2, market.engine.sessions().nextOutboundSequence(0));
        assertEquals(1, market.engine.orders().open());
        assertEquals("day 20261120 2", market.dayStart(20261120, 2).getFirst());
    }

    @Test
    void shouldTellThePublicEverythingAnewEveryDay() {
        SampleMarket.write(market);
        market.events.take();
        market.enter(0, 1, 'B', 1, 100);
        assertEquals(
                List.of(
                        "day 20261120 1",
                        "itch system O",
                        "itch instrument 1",
                        "itch state 1 T",
                        "itch instrument 2",
                        "itch state 2 T",
                        "itch added 1 B 1@100"),
                market.dayStart(20261120, 1));
        assertEquals(6, market.engine.marketEvents());
    }

    private static CommandBatch.Session session(
            final String name, final String firm, final String account) {
        return new CommandBatch.Session(name, firm, account, 0, new byte[16], new byte[32]);
    }

    private String define(final CommandBatch.Instrument instrument) {
        batch(b -> b.instrument(instrument));
        return result();
    }

    private void batch(final java.util.function.Consumer<CommandBatch> rows) {
        final CommandBatch batch = new CommandBatch(market, 0, 0);
        rows.accept(batch);
        batch.commit();
    }

    /** Of the last row: the result before the batch's own. */
    private String result() {
        final List<String> events = market.events.take();
        return events.get(events.size() - 2).replaceFirst("result .* ", "");
    }

    private String commit(final long request) {
        final BatchCommitEncoder encoder =
                new BatchCommitEncoder()
                        .wrapAndApplyHeader(market.buffer, 0, market.header)
                        .requestHigh(0)
                        .requestLow(request)
                        .count(0)
                        .checksum(0);
        market.onCommand(market.buffer, 0, 8 + encoder.encodedLength());
        return market.events.take().getLast();
    }

    private void apply(final List<byte[]> commands) {
        for (final byte[] command : commands) {
            market.onCommand(new UnsafeBuffer(command), 0, command.length);
        }
    }

    private static byte[] copy(
            final org.agrona.DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    @Test
    void shouldRefuseWhatIsNoCommand() {
        new DefineFirmEncoder().wrapAndApplyHeader(market.buffer, 0, market.header);
        market.header.templateId(99);
        market.buffer.setMemory(8, 64, (byte) 0);
        market.onCommand(market.buffer, 0, 72);
        assertEquals(List.of("result 0.0 UNKNOWN_COMMAND"), market.events.take());
    }
}

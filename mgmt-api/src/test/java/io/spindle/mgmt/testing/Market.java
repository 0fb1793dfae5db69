package io.spindle.mgmt.testing;

import io.spindle.log.DataFolder;
import io.spindle.mgmt.api.ApiContext;
import io.spindle.mgmt.api.HealthApi;
import io.spindle.mgmt.audit.AuditLog;
import io.spindle.mgmt.control.ControlDesk;
import io.spindle.mgmt.control.ControlPort;
import io.spindle.mgmt.latency.Latencies;
import io.spindle.mgmt.office.BackOffice;
import io.spindle.mgmt.security.KeyRing;
import io.spindle.mgmt.stream.EventLog;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;
import io.spindle.oms.Ascii;
import io.spindle.oms.EngineConfig;
import io.spindle.oms.command.AdjustHoldingEncoder;
import io.spindle.oms.command.CancelOrderEncoder;
import io.spindle.oms.command.ContinueEncoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.ReplaceOrderEncoder;
import io.spindle.oms.command.SessionUpEncoder;
import io.spindle.oms.command.SetTradingStateEncoder;
import io.spindle.oms.command.TickEncoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A small market in memory: firm TEST with sessions and accounts TEST00 and TEST01, firm FOES with
 * FOES00; instruments SPDL (4 decimals) and BTC (8 decimals, fractions of 10^-6).
 */
public final class Market {
    public final View view = new View(EngineConfig.small(), new View.Limits(1_000, 1_000));
    public final EventLog events = new EventLog(1_000);
    public final MemoryLog log;
    public final ControlDesk desk;
    private final OfficeRooms rooms = new OfficeRooms();
    public final Path folder = rooms.folder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final int[] lastNumber = new int[3];

    /** Whether what is risky needs somebody else's consent. */
    public volatile boolean secondPerson;

    /** Whether the loop that follows the log is said to turn. */
    public volatile boolean turns = true;

    /** Bytes of commands that the view keeps. */
    private static final int COMMANDS_KEPT = 64 << 10;

    /** Commands whose authors are in memory; of the next context. */
    public int authorsKept = 1_000;

    /** Of the last context. */
    public AuditLog audit;

    /** Of the last context. */
    public Path data;

    /** What the trading loop has counted. */
    public volatile Map<String, Long> counters = Map.of();

    /** Of the clock that the log is timed by, ns since the Unix epoch. */
    public volatile long wallNs = MemoryLog.START_NS;

    /** What the loop says of the log's end. */
    public volatile long logEnd;

    public final TimeTravel past =
            new TimeTravel(
                    () -> new View(EngineConfig.small(), new View.Limits(1_000, 1_000)),
                    view -> reader(),
                    () -> view.read(View.Reading::sequence));

    public Market() {
        this(MemoryLog.START_NS);
    }

    /** The same at another time. */
    public Market(final long startNs) {
        view.keepCommands(COMMANDS_KEPT);
        log = new MemoryLog(view, startNs);
        desk = new ControlDesk(log);
        view.addListener(events);
        new MarketMembers(log).define();
        state("SPDL", 'T');
        state("BTC", 'T');
    }

    private TimeTravel.Log reader() {
        return log.reader();
    }

    /** What an API on this market stands on; its keys are in a folder of their own. */
    public ApiContext context() {
        return context(List::of, () -> "");
    }

    /** The same with another way to the engine. */
    public ApiContext context(final ControlPort control) {
        return context(control, List::of, () -> "");
    }

    public ApiContext context(
            final Supplier<List<HealthApi.Check>> checks, final Supplier<String> metrics) {
        return context(desk, checks, metrics);
    }

    private ApiContext context(
            final ControlPort control,
            final Supplier<List<HealthApi.Check>> checks,
            final Supplier<String> metrics) {
        try {
            final Path folder = OfficeRooms.newFolder();
            data = folder;
            final Path keys = folder.resolve("api-keys.json");
            audit = AuditLog.open(folder.resolve("audit.log"), authorsKept);
            List.of(folder, keys, audit.file()).forEach(file -> file.toFile().deleteOnExit());
            return new ApiContext(
                    view,
                    past,
                    events,
                    control,
                    checks,
                    () -> turns,
                    metrics,
                    Optional::empty,
                    KeyRing.open(keys, Instant::now),
                    office(),
                    audit,
                    () -> secondPerson,
                    () -> secondPerson,
                    new Latencies(() -> wallNs, 0),
                    new DataFolder(folder),
                    () -> counters);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Made when it is first asked for. */
    public BackOffice office() {
        return rooms.office(view, events, desk, () -> logEnd);
    }

    /** From now on the database is said to have everything up to this sequence. */
    public void stored(final long sequence) {
        rooms.stored(sequence);
    }

    public long state(final String symbol, final char state) {
        return log.append(
                buffer -> {
                    final SetTradingStateEncoder command = new SetTradingStateEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .symbol(Ascii.pack(symbol))
                            .state((byte) state)
                            .expected(SetTradingStateEncoder.expectedNullValue());
                    return command.limit();
                });
    }

    public long holding(final String account, final String symbol, final long lots) {
        final UUID request = UUID.randomUUID();
        return log.append(
                buffer -> {
                    final AdjustHoldingEncoder command = new AdjustHoldingEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .requestHigh(request.getMostSignificantBits())
                            .requestLow(request.getLeastSignificantBits())
                            .accountHigh(Ascii.pack(account))
                            .accountLow(Ascii.BLANK)
                            .symbol(Ascii.pack(symbol))
                            .lots(lots);
                    return command.limit();
                });
    }

    public long login(final int session) {
        return log.append(
                buffer -> {
                    final SessionUpEncoder command = new SessionUpEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .session(session)
                            .port(40_000 + session)
                            .address(0x7F000001)
                            .mac(0);
                    return command.limit();
                });
    }

    /** Enters a day order and returns its number. */
    public int enter(
            final int session,
            final char side,
            final String symbol,
            final long quantity,
            final long price) {
        return enter(session, side, symbol, quantity, price, '0');
    }

    public int enter(
            final int session,
            final char side,
            final String symbol,
            final long quantity,
            final long price,
            final char timeInForce) {
        final int number = ++lastNumber[session];
        log.append(
                buffer -> {
                    final EnterOrderEncoder command = new EnterOrderEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .session(session)
                            .userRefIdx((short) 0)
                            .side((byte) side)
                            .userRefNum(number)
                            .symbol(Ascii.pack(symbol))
                            .quantity(quantity)
                            .price(price)
                            .clOrdIdHigh(Ascii.pack("C" + number))
                            .clOrdIdLow(Ascii.BLANK)
                            .timeInForce((byte) timeInForce)
                            .display((byte) 'Y')
                            .capacity((byte) 'A')
                            .interMarketSweep((byte) 'N')
                            .crossType((byte) 'N')
                            .putOptions(new byte[0], 0, 0);
                    return command.limit();
                });
        return number;
    }

    public void cancel(final int session, final int number, final long total) {
        log.append(
                buffer -> {
                    final CancelOrderEncoder command = new CancelOrderEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .session(session)
                            .userRefIdx((short) 0)
                            .userRefNum(number)
                            .quantity(total);
                    return command.limit();
                });
    }

    public int replace(
            final int session, final int original, final long quantity, final long price) {
        final int number = ++lastNumber[session];
        log.append(
                buffer -> {
                    final ReplaceOrderEncoder command = new ReplaceOrderEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .session(session)
                            .userRefIdx((short) 0)
                            .timeInForce((byte) '0')
                            .originalUserRefNum(original)
                            .userRefNum(number)
                            .display((byte) 'Y')
                            .interMarketSweep((byte) 'N')
                            .quantity(quantity)
                            .price(price)
                            .clOrdIdHigh(Ascii.pack("R" + number))
                            .clOrdIdLow(Ascii.BLANK)
                            .putOptions(new byte[0], 0, 0);
                    return command.limit();
                });
        return number;
    }

    /** Time has passed: what is due happens. */
    public void tick() {
        log.append(buffer -> new TickEncoder().wrapAndApplyHeader(buffer, 0, header).limit());
    }

    /** Does what the loop does between bursts: goes on with sliced work until none is left. */
    public void finishSlices() {
        while (view.read(now -> now.engine().pendingContinue()) != 0) {
            final long origin = view.read(now -> now.engine().pendingContinue());
            log.append(
                    buffer -> {
                        final ContinueEncoder command = new ContinueEncoder();
                        command.wrapAndApplyHeader(buffer, 0, header).origin(origin);
                        return command.limit();
                    });
        }
    }
}

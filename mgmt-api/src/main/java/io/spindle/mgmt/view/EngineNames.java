package io.spindle.mgmt.view;

import io.spindle.mgmt.model.EntryQuote;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.RoutingQuote;
import io.spindle.oms.AccountTable;
import io.spindle.oms.Ascii;
import io.spindle.oms.BookView;
import io.spindle.oms.OrderState;
import io.spindle.oms.OrderTable;
import io.spindle.oms.RejectCode;
import io.spindle.oms.SessionTable;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.VenueTable;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Turns the engine's dense numbers into names, and codes into words. Remembers names: they never
 * change.
 */
final class EngineNames {
    /** The appliance's own accounts belong to no firm. */
    private static final String HOUSE = "";

    private static final char STATELESS = 'H';

    private final List<String> usernames = new ArrayList<>();
    private final List<String> accounts = new ArrayList<>();
    private final List<Instrument> instruments = new ArrayList<>();
    private TradingEngine engine;

    void engine(final TradingEngine newEngine) {
        engine = newEngine;
    }

    /** A character off the wire, which may be any byte: a question mark if it cannot be printed. */
    static char letter(final int raw) {
        return raw >= ' ' && raw <= '~' ? (char) raw : '?';
    }

    /** The same for a name. */
    static String printable(final String raw) {
        return raw.replaceAll("[^ -~]", "?");
    }

    String username(final int session) {
        while (usernames.size() <= session) {
            usernames.add(Ascii.unpack(engine.sessions().username(usernames.size())));
        }
        return usernames.get(session);
    }

    /** Its code, behind its firm's name if another firm had the same code before. */
    String account(final int account) {
        final AccountTable table = engine.accounts();
        while (accounts.size() <= account) {
            final int next = accounts.size();
            final String code = Ascii.unpack(table.codeHigh(next), table.codeLow(next));
            final boolean isFirst = table.find(table.codeHigh(next), table.codeLow(next)) == next;
            accounts.add(isFirst ? code : firmOfAccount(next) + ":" + code);
        }
        return accounts.get(account);
    }

    /** What a session means by this name: its firm's own, else whosever it is, else the name. */
    String accountFor(final int session, final long nameHigh, final long nameLow) {
        final AccountTable table = engine.accounts();
        final int firm = engine.sessions().firm(session);
        final int first = table.find(nameHigh, nameLow);
        if (first == AccountTable.NONE) {
            return printable(Ascii.unpack(nameHigh, nameLow));
        }
        if (table.firm(first) == firm) {
            return account(first);
        }
        return account(
                IntStream.range(0, table.count())
                        .filter(
                                one ->
                                        table.firm(one) == firm
                                                && table.codeHigh(one) == nameHigh
                                                && table.codeLow(one) == nameLow)
                        .findFirst()
                        .orElse(first));
    }

    String firmOfSession(final int session) {
        final SessionTable table = engine.sessions();
        return firm(table.firm(session));
    }

    String firmOfAccount(final int account) {
        return firm(engine.accounts().firm(account));
    }

    private String firm(final int firm) {
        return firm == 0 ? HOUSE : Ascii.unpack(firm);
    }

    OrderId orderId(final int session, final int userRefIdx, final int userRefNum) {
        return new OrderId(username(session), userRefIdx, Integer.toUnsignedLong(userRefNum));
    }

    /** The instrument as last told by {@link #refresh}. */
    Instrument instrument(final int locate) {
        while (instruments.size() < locate) {
            instruments.add(read(instruments.size() + 1));
        }
        return instruments.get(locate - 1);
    }

    /** Those of these locates that were not removed, in the order of their definition. */
    List<Instrument> instruments(final IntPredicate which) {
        return IntStream.rangeClosed(1, engine.instruments().count())
                .filter(which)
                .mapToObj(this::instrument)
                .filter(one -> !one.isRemoved())
                .toList();
    }

    /** Reads the instrument's terms and state anew. */
    Instrument refresh(final int locate) {
        instrument(locate);
        instruments.set(locate - 1, read(locate));
        return instruments.get(locate - 1);
    }

    private Instrument read(final int locate) {
        final var table = engine.instruments();
        final char state = (char) table.tradingState(locate);
        return new Instrument(
                locate,
                Ascii.unpack(table.symbol(locate)),
                table.tickSize(locate),
                table.lotSize(locate),
                table.minQuantity(locate),
                table.maxQuantity(locate),
                table.maxPrice(locate),
                table.priceDecimals(locate),
                table.lotExponent(locate),
                Ascii.unpack(table.currency(locate)),
                state == 0 ? STATELESS : state,
                engine.sequence(),
                engine.timeNs());
    }

    static String reject(final int code) {
        final RejectCode known = RejectCode.of(code);
        return known == null
                ? "CODE_" + HexFormat.of().withUpperCase().toHexDigits((short) code)
                : known.name();
    }

    /** How an order ends that was held and never came to the book. */
    static OrderState endWhileHeld(final int reason) {
        return switch (RejectCode.of(reason)) {
            case AUTHORISATION_EXPIRED, QUEUE_AGE, EXPIRED_WHILE_HELD -> OrderState.EXPIRED;
            case CANCELLED_WHILE_HELD -> OrderState.CANCELLED;
            case null, default -> OrderState.REJECTED;
        };
    }

    /** What the book offered before the order came to it. */
    EntryQuote quote(final int order) {
        final OrderTable orders = engine.orders();
        final int instrument = orders.instrument(order);
        final BookView book = engine.book(instrument);
        return new EntryQuote(
                orderId(orders.session(order), orders.userRefIdx(order), orders.userRefNum(order)),
                instrument(instrument),
                book.bestPrice('B'),
                book.bestPrice('S'),
                engine.sequence(),
                engine.timeNs());
    }

    /** A place that was looked at when it was decided where the order goes. */
    RoutingQuote routingQuote(
            final int order,
            final int venue,
            final long price,
            final long lots,
            final long share,
            final long ageNs) {
        final OrderTable orders = engine.orders();
        final int session = orders.session(order);
        return new RoutingQuote(
                orderId(session, orders.userRefIdx(order), orders.userRefNum(order)),
                firmOfSession(session),
                account(orders.account(order)),
                instrument(orders.instrument(order)),
                orders.side(order),
                venue == VenueTable.NONE
                        ? Order.EXCHANGE
                        : Ascii.unpack(engine.venues().code(venue)),
                price,
                lots,
                share,
                ageNs,
                engine.sequence(),
                engine.timeNs());
    }
}

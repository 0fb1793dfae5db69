package io.spindle.mgmt.api;

import io.spindle.mgmt.control.Scope;
import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.model.SessionState;
import io.spindle.mgmt.model.Trade;
import io.spindle.mgmt.model.TradingState;
import io.spindle.mgmt.view.Terms;
import io.spindle.mgmt.view.View;
import io.spindle.oms.AccountTable;
import io.spindle.oms.Ascii;
import io.spindle.oms.CashTable;
import io.spindle.oms.EntryState;
import io.spindle.oms.HoldingTable;
import io.spindle.oms.InstrumentTable;
import io.spindle.oms.TradingEngine;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the audit shows, before and after, of what writes change and nobody has to have seen: in few
 * words. Null of what is not there.
 */
final class Shown {
    private Shown() {}

    /**
     * A scope, and what a stop of it meets.
     *
     * @param state active, reduce_only, cancel_only or halted
     * @param sessions in the scope, {@code loggedIn} of them at that moment
     */
    record InScope(String state, int openOrders, int sessions, int loggedIn) {}

    static Object scope(final View.Reading now, final Scope scope) {
        final List<SessionState> sessions =
                now.ledger().sessions().stream().filter(one -> isIn(scope, one)).toList();
        final int state =
                now.terms().blocks().stream()
                        .filter(block -> block.scope().equals(scope.label()))
                        .filter(block -> block.name().equals(scope.name()))
                        .mapToInt(Terms.Block::entryState)
                        .findFirst()
                        .orElse(EntryState.ACTIVE);
        return new InScope(
                KillSwitchApi.ENTRY_STATES.get(state),
                openOrders(now, scope, sessions),
                sessions.size(),
                (int) sessions.stream().filter(SessionState::up).count());
    }

    /** An account's orders need not be those of its own sessions. */
    private static int openOrders(
            final View.Reading now, final Scope scope, final List<SessionState> sessions) {
        if (scope.kind() != Scope.Kind.ACCOUNT) {
            return sessions.stream().mapToInt(SessionState::openOrders).sum();
        }
        final int account = find(now, scope.name());
        return account == AccountTable.NONE ? 0 : now.engine().accounts().openOrders(account);
    }

    private static boolean isIn(final Scope scope, final SessionState session) {
        return switch (scope.kind()) {
            case SYSTEM -> true;
            case FIRM -> session.firm().equals(scope.name());
            case ACCOUNT -> session.account().equals(scope.name());
            case SESSION -> session.username().equals(scope.name());
        };
    }

    static Object tradingState(final View.Reading now, final String symbol) {
        return now.instrument(symbol).map(Shown::tradingState).orElse(null);
    }

    private static Object tradingState(final Instrument instrument) {
        for (final TradingState state : TradingState.values()) {
            if (state.letter == instrument.tradingState()) {
                return Map.of("state", state.name().toLowerCase(Locale.ROOT));
            }
        }
        return Map.of("state", Character.toString(instrument.tradingState()));
    }

    static Object cash(final View.Reading now, final String currency, final String account) {
        final TradingEngine engine = now.engine();
        final int owner = find(now, account);
        if (owner == AccountTable.NONE) {
            return null;
        }
        final int slot = engine.cash().find(owner, Ascii.packInt(currency));
        final long balance = slot == CashTable.NONE ? 0 : engine.cash().balance(slot);
        return Map.of("balance", Decimals.text(balance, Balance.DECIMALS));
    }

    static Object holding(final View.Reading now, final String symbol, final String account) {
        final TradingEngine engine = now.engine();
        final int owner = find(now, account);
        final int locate = engine.instruments().find(Ascii.pack(symbol));
        if (owner == AccountTable.NONE || locate == InstrumentTable.NONE) {
            return null;
        }
        final int slot = engine.holdings().find(owner, locate);
        final long lots = slot == HoldingTable.NONE ? 0 : engine.holdings().lots(slot);
        return now.instrument(symbol)
                .map(instrument -> Map.of("quantity", instrument.quantity(lots)))
                .orElse(null);
    }

    private static int find(final View.Reading now, final String code) {
        return now.engine().accounts().find(Ascii.pack(code), Ascii.pack(code, Long.BYTES));
    }

    static Object trade(final View.Reading now, final String matchNumber) {
        return now.trades().find(Long.parseLong(matchNumber)).map(Shown::of).orElse(null);
    }

    private static Object of(final Trade trade) {
        return Map.of(
                "symbol", trade.instrument().symbol(),
                "price", trade.instrument().price(trade.price()),
                "quantity", trade.instrument().quantity(trade.quantity()),
                "status", trade.status().name().toLowerCase(Locale.ROOT));
    }

    static Object firm(final View.Reading now, final String firm) {
        return now.ledger().firms().contains(firm) ? Map.of("firm", firm) : null;
    }

    static Object instrument(final View.Reading now, final String symbol) {
        return now.instrument(symbol).map(InstrumentJson::of).orElse(null);
    }

    static Object order(final View.Reading now, final String id) {
        return OrderId.parse(id).flatMap(now.orders()::find).map(Shown::of).orElse(null);
    }

    /** An order that was changed or entered. */
    static Map<String, String> of(final Order order) {
        return Map.of(
                "id", order.id().toString(),
                "status", order.state().name().toLowerCase(Locale.ROOT),
                "price", OrderJson.price(order),
                "quantity", order.instrument().quantity(order.quantity()),
                "remaining", order.instrument().quantity(order.leaves()));
    }
}

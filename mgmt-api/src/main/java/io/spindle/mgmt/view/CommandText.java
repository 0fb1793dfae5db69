package io.spindle.mgmt.view;

import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Decimals;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.OrderId;
import io.spindle.oms.Ascii;
import io.spindle.oms.InstrumentTable;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.MessageHeaderDecoder;

import org.agrona.DirectBuffer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a command in the log says, in words: names, and amounts as decimals in text. What is secret,
 * and what is not said, is left out. For one command; <i>guarded by</i> the {@link View}.
 */
final class CommandText {
    static final String BY = "by";
    static final String SESSION = "session";

    final DirectBuffer buffer;
    final int offset;
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TradingEngine engine;
    private final EngineNames names;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private CommandText(
            final TradingEngine engine,
            final EngineNames names,
            final DirectBuffer buffer,
            final int offset) {
        this.engine = engine;
        this.names = names;
        this.buffer = buffer;
        this.offset = offset;
        header.wrap(buffer, offset);
    }

    /**
     * Of any command of the schema; empty of one that says nothing but its name.
     *
     * @param names as the engine has them now: they never change
     */
    static Map<String, String> fields(
            final TradingEngine engine,
            final EngineNames names,
            final DirectBuffer buffer,
            final int offset) {
        final CommandText text = new CommandText(engine, names, buffer, offset);
        if (!new SessionCommandText(text).read()) {
            new AdminCommandText(text).read();
        }
        return text.fields;
    }

    void put(final String name, final String text) {
        if (!text.isEmpty()) {
            fields.put(name, EngineNames.printable(text));
        }
    }

    void put(final String name, final long number) {
        fields.put(name, Long.toString(number));
    }

    void letter(final String name, final byte letter) {
        if (letter != 0) {
            fields.put(name, Character.toString(EngineNames.letter(letter)));
        }
    }

    void account(final long high, final long low) {
        put("account", Ascii.unpack(high, low));
    }

    /** A limit that is not set is null on the wire. */
    void amount(final String name, final long amount) {
        if (amount != Long.MIN_VALUE) {
            put(name, Decimals.text(amount, Balance.DECIMALS));
        }
    }

    void count(final String name, final long number) {
        if (number != Long.MIN_VALUE) {
            put(name, number);
        }
    }

    /** Of a symbol that nobody defined it has the usual decimals. */
    Instrument symbol(final long packed) {
        final String symbol = Ascii.unpack(packed);
        put("symbol", symbol);
        final int locate = engine.instruments().find(packed);
        return locate == InstrumentTable.NONE
                ? Instrument.unknown(symbol)
                : names.instrument(locate);
    }

    String username(final int session) {
        return session < engine.sessions().count() ? names.username(session) : "#" + session;
    }

    void order(final int session, final int userRefIdx, final long userRefNum) {
        put(SESSION, username(session));
        put("order", new OrderId(username(session), userRefIdx, userRefNum).toString());
    }

    void scope(final byte scope, final int firm, final long high, final long low, final long user) {
        letter("scope", scope);
        switch (scope) {
            case 'F' -> put("firm", Ascii.unpack(firm));
            case 'A' -> account(high, low);
            case 'S' -> put(SESSION, Ascii.unpack(user));
            default -> {}
        }
    }

    /** The session's own account, unless the command has named one. */
    void accountOf(final int session) {
        if (!fields.containsKey("account") && session < engine.sessions().count()) {
            put("account", names.account(engine.sessions().account(session)));
        }
    }
}

package io.spindle.mgmt.testing;

import io.spindle.oms.Ascii;
import io.spindle.oms.command.AdjustCashEncoder;
import io.spindle.oms.command.DefineAccountEncoder;
import io.spindle.oms.command.DefineFirmEncoder;
import io.spindle.oms.command.DefineInstrumentEncoder;
import io.spindle.oms.command.DefineSessionEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

/** Who trades on the small market, and what. */
final class MarketMembers {
    private final MemoryLog log;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    MarketMembers(final MemoryLog log) {
        this.log = log;
    }

    void define() {
        firm("TEST");
        firm("FOES");
        account("TEST00", "TEST");
        account("TEST01", "TEST");
        account("FOES00", "FOES");
        session("TEST00", "TEST");
        session("TEST01", "TEST");
        session("FOES00", "FOES");
        instrument("SPDL", 100, 4, 0);
        instrument("BTC", 1, 8, 6);
    }

    private void firm(final String firm) {
        log.append(
                buffer -> {
                    final DefineFirmEncoder command = new DefineFirmEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header).firm(code(firm));
                    return command.limit();
                });
    }

    private void account(final String account, final String firm) {
        log.append(
                buffer -> {
                    final DefineAccountEncoder command = new DefineAccountEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .accountHigh(Ascii.pack(account))
                            .accountLow(Ascii.BLANK)
                            .firm(code(firm))
                            .flags(1);
                    return command.limit();
                });
        log.append(
                buffer -> {
                    final AdjustCashEncoder command = new AdjustCashEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .accountHigh(Ascii.pack(account))
                            .accountLow(Ascii.BLANK)
                            .amount(1_000_000_0000L)
                            .currency(code("USD"));
                    return command.limit();
                });
    }

    private void session(final String username, final String firm) {
        log.append(
                buffer -> {
                    final DefineSessionEncoder command = new DefineSessionEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .username(Ascii.pack(username))
                            .firm(code(firm))
                            .flags(0)
                            .accountHigh(Ascii.pack(username))
                            .accountLow(Ascii.BLANK);
                    return command.limit();
                });
    }

    private void instrument(
            final String symbol, final long tick, final int decimals, final int lotExponent) {
        log.append(
                buffer -> {
                    final DefineInstrumentEncoder command = new DefineInstrumentEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .symbol(Ascii.pack(symbol))
                            .tickSize(tick)
                            .lotSize(1)
                            .minQuantity(1)
                            .maxQuantity(1_000_000)
                            .maxPrice(2_000_000_000L)
                            .currency(code("USD"))
                            .priceDecimals((short) decimals)
                            .lotExponent((short) lotExponent);
                    return command.limit();
                });
    }

    private static long code(final String text) {
        return Integer.toUnsignedLong(Ascii.packInt(text));
    }
}

package io.spindle.mgmt.stream;

import io.spindle.mgmt.api.AccountJson;
import io.spindle.mgmt.api.AlgorithmJson;
import io.spindle.mgmt.api.BookJson;
import io.spindle.mgmt.api.InstrumentJson;
import io.spindle.mgmt.api.LedgerJson;
import io.spindle.mgmt.api.MetadataJson;
import io.spindle.mgmt.api.OrderJson;
import io.spindle.mgmt.api.SessionJson;
import io.spindle.mgmt.api.TopJson;
import io.spindle.mgmt.api.TradeJson;
import io.spindle.mgmt.api.TradingDayJson;
import io.spindle.mgmt.stream.FactJson.AdminAnswerJson;
import io.spindle.mgmt.stream.FactJson.AlertJson;
import io.spindle.mgmt.stream.FactJson.BrokenTradeJson;
import io.spindle.mgmt.stream.FactJson.CancelRefusalJson;
import io.spindle.mgmt.stream.FactJson.TapeJson;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The views that can be subscribed to. */
public enum Topic {
    /** Open orders: replaced as they change, removed when they end. */
    ORDERS(List.of(OrderJson.class)),
    /** Every change of every order, with what caused it. */
    UPDATES(List.of(OrderJson.class)),
    /** Trades. */
    TRANSACTIONS(List.of(TradeJson.class, BrokenTradeJson.class)),
    /** Answers to admin commands, refused cancels, algorithms. */
    REQUESTS(List.of(AdminAnswerJson.class, CancelRefusalJson.class, AlgorithmJson.class)),
    BALANCES(List.of(LedgerJson.Balance.class)),
    HOLDINGS(List.of(LedgerJson.Holding.class)),
    /** Sessions, the trading day, alerts. */
    STATUS(List.of(SessionJson.class, TradingDayJson.class, AlertJson.class)),
    /** Instruments, accounts, and what is said about things. */
    METADATA(List.of(InstrumentJson.class, AccountJson.class, MetadataJson.class)),
    /** All trades, without their parties. */
    TRADES(List.of(TapeJson.class, BrokenTradeJson.class)),
    /** The best prices of each book. */
    TOP(List.of(TopJson.class)),
    /** Ten levels of each book. */
    DEPTH(List.of(BookJson.class));

    private final List<Class<? extends Record>> records;

    Topic(final List<Class<? extends Record>> records) {
        this.records = records;
    }

    /** What the view's values are, each of them one of these. */
    List<Class<? extends Record>> records() {
        return records;
    }

    /** What a subscriber gets who names nothing: all but market data. */
    public static Set<Topic> usual() {
        return EnumSet.complementOf(EnumSet.of(TRADES, TOP, DEPTH));
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Topic> of(final String label) {
        return Arrays.stream(values()).filter(topic -> topic.label().equals(label)).findFirst();
    }
}

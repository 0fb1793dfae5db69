package io.spindle.codec.itch;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Reads every field of a message with our readers and writes them with our encoders. */
final class ItchReencoder {
    private ItchReencoder() {}

    /** Returns the length written at 0. */
    static int reencode(final DirectBuffer from, final int at, final MutableDirectBuffer to) {
        final int locate = ItchHeader.stockLocate(from, at);
        final long time = ItchHeader.timestampNs(from, at);
        switch (ItchHeader.type(from, at)) {
            case SystemEvent.TYPE -> {
                return SystemEvent.encode(to, 0, locate, time, SystemEvent.event(from, at));
            }
            case StockDirectory.TYPE -> {
                return StockDirectory.encode(
                        to,
                        0,
                        locate,
                        time,
                        StockDirectory.stock(from, at),
                        StockDirectory.category(from, at),
                        StockDirectory.financialStatus(from, at),
                        StockDirectory.roundLot(from, at),
                        StockDirectory.roundLotsOnly(from, at),
                        StockDirectory.classification(from, at),
                        StockDirectory.subType(from, at),
                        StockDirectory.authenticity(from, at),
                        StockDirectory.shortSaleThreshold(from, at),
                        StockDirectory.ipo(from, at),
                        StockDirectory.collarTier(from, at),
                        StockDirectory.etp(from, at),
                        StockDirectory.etpLeverage(from, at),
                        StockDirectory.inverse(from, at));
            }
            case TradingAction.TYPE -> {
                return TradingAction.encode(
                        to,
                        0,
                        locate,
                        time,
                        TradingAction.stock(from, at),
                        TradingAction.state(from, at),
                        TradingAction.reserved(from, at),
                        TradingAction.reason(from, at));
            }
            case ShortSaleRestriction.TYPE -> {
                return ShortSaleRestriction.encode(
                        to,
                        0,
                        locate,
                        time,
                        ShortSaleRestriction.stock(from, at),
                        ShortSaleRestriction.action(from, at));
            }
            case ParticipantPosition.TYPE -> {
                return ParticipantPosition.encode(
                        to,
                        0,
                        locate,
                        time,
                        ParticipantPosition.participant(from, at),
                        ParticipantPosition.stock(from, at),
                        ParticipantPosition.primary(from, at),
                        ParticipantPosition.mode(from, at),
                        ParticipantPosition.state(from, at));
            }
            case OperationalHalt.TYPE -> {
                return OperationalHalt.encode(
                        to,
                        0,
                        locate,
                        time,
                        OperationalHalt.stock(from, at),
                        OperationalHalt.market(from, at),
                        OperationalHalt.action(from, at));
            }
            case CollarLevels.TYPE -> {
                return CollarLevels.encode(
                        to,
                        0,
                        locate,
                        time,
                        CollarLevels.stock(from, at),
                        CollarLevels.reference(from, at),
                        CollarLevels.upper(from, at),
                        CollarLevels.lower(from, at),
                        CollarLevels.extension(from, at));
            }
            case AddOrder.TYPE -> {
                return AddOrder.encode(
                        to,
                        0,
                        locate,
                        time,
                        AddOrder.reference(from, at),
                        AddOrder.side(from, at),
                        AddOrder.shares(from, at),
                        AddOrder.stock(from, at),
                        AddOrder.price(from, at));
            }
            case AddOrderAttributed.TYPE -> {
                return AddOrderAttributed.encode(
                        to,
                        0,
                        locate,
                        time,
                        AddOrderAttributed.reference(from, at),
                        AddOrderAttributed.side(from, at),
                        AddOrderAttributed.shares(from, at),
                        AddOrderAttributed.stock(from, at),
                        AddOrderAttributed.price(from, at),
                        AddOrderAttributed.participant(from, at));
            }
            case OrderExecuted.TYPE -> {
                return OrderExecuted.encode(
                        to,
                        0,
                        locate,
                        time,
                        OrderExecuted.reference(from, at),
                        OrderExecuted.shares(from, at),
                        OrderExecuted.match(from, at));
            }
            case OrderExecutedWithPrice.TYPE -> {
                return OrderExecutedWithPrice.encode(
                        to,
                        0,
                        locate,
                        time,
                        OrderExecutedWithPrice.reference(from, at),
                        OrderExecutedWithPrice.shares(from, at),
                        OrderExecutedWithPrice.match(from, at),
                        OrderExecutedWithPrice.printable(from, at),
                        OrderExecutedWithPrice.price(from, at));
            }
            case OrderReduced.TYPE -> {
                return OrderReduced.encode(
                        to,
                        0,
                        locate,
                        time,
                        OrderReduced.reference(from, at),
                        OrderReduced.shares(from, at));
            }
            case OrderDeleted.TYPE -> {
                return OrderDeleted.encode(to, 0, locate, time, OrderDeleted.reference(from, at));
            }
            case OrderReplaced.TYPE -> {
                return OrderReplaced.encode(
                        to,
                        0,
                        locate,
                        time,
                        OrderReplaced.oldReference(from, at),
                        OrderReplaced.newReference(from, at),
                        OrderReplaced.shares(from, at),
                        OrderReplaced.price(from, at));
            }
            case Trade.TYPE -> {
                return Trade.encode(
                        to,
                        0,
                        locate,
                        time,
                        Trade.reference(from, at),
                        Trade.side(from, at),
                        Trade.shares(from, at),
                        Trade.stock(from, at),
                        Trade.price(from, at),
                        Trade.match(from, at));
            }
            case CrossTrade.TYPE -> {
                return CrossTrade.encode(
                        to,
                        0,
                        locate,
                        time,
                        CrossTrade.shares(from, at),
                        CrossTrade.stock(from, at),
                        CrossTrade.price(from, at),
                        CrossTrade.match(from, at),
                        CrossTrade.cross(from, at));
            }
            case BrokenTrade.TYPE -> {
                return BrokenTrade.encode(to, 0, locate, time, BrokenTrade.match(from, at));
            }
            case Imbalance.TYPE -> {
                return Imbalance.encode(
                        to,
                        0,
                        locate,
                        time,
                        Imbalance.paired(from, at),
                        Imbalance.imbalance(from, at),
                        Imbalance.direction(from, at),
                        Imbalance.stock(from, at),
                        Imbalance.farPrice(from, at),
                        Imbalance.nearPrice(from, at),
                        Imbalance.referencePrice(from, at),
                        Imbalance.cross(from, at),
                        Imbalance.variation(from, at));
            }
            default -> throw new AssertionError("unknown type " + (char) ItchHeader.type(from, at));
        }
    }
}

package io.spindle.perf.engine;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.ExchangeConfiguration;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
import exchange.core2.core.processors.MatchingEngineRouter;
import exchange.core2.core.processors.RiskEngine;
import exchange.core2.core.processors.SharedPool;
import exchange.core2.core.processors.journaling.DummySerializationProcessor;

import io.spindle.matcher.OrderTerms;

/**
 * exchange-core with risk processing on, its three stages called one after the other on the
 * measured thread: risk check and reserve, matching, release and settlement. Without its ring
 * buffers and its other threads, whose handing over would come on top.
 */
final class ExchangeCorePlayer implements StreamPlayer {
    private static final int BASE_CURRENCY = 1_000_000;
    private static final int QUOTE_CURRENCY = 2_000_000;
    private static final long START_BALANCE = 1_000_000_000_000L;

    private final EngineStream stream;
    private final RiskEngine risk;
    private final MatchingEngineRouter books;
    private final OrderCommand command = new OrderCommand();
    private long lots;
    private long sequence;

    ExchangeCorePlayer(final EngineStream stream, final Members members) {
        this.stream = stream;
        final ExchangeConfiguration config = ExchangeConfiguration.defaultBuilder().build();
        final SharedPool pool = SharedPool.createTestSharedPool();
        this.risk = new RiskEngine(0, 1, DummySerializationProcessor.INSTANCE, pool, config);
        this.books =
                new MatchingEngineRouter(
                        0,
                        1,
                        DummySerializationProcessor.INSTANCE,
                        OrderBookDirectImpl::new,
                        pool,
                        config);
        for (int i = 0; i < Members.INSTRUMENTS; i++) {
            openBook(i);
        }
        for (int account = 0; account < Members.ACCOUNTS; account++) {
            addMember(account, members);
        }
    }

    /** Every instrument has a currency of its own, so that a seller must hold it. */
    private void openBook(final int instrument) {
        final CoreSymbolSpecification specification =
                new CoreSymbolSpecification(
                        instrument,
                        SymbolType.CURRENCY_EXCHANGE_PAIR,
                        BASE_CURRENCY + instrument,
                        QUOTE_CURRENCY,
                        1,
                        1,
                        0,
                        0,
                        0,
                        0);
        risk.getSymbolSpecificationProvider().addSymbol(specification);
        books.getOrderBooks()
                .put(
                        instrument,
                        new OrderBookDirectImpl(
                                specification,
                                ObjectsPool.createDefaultTestPool(),
                                OrderBookEventsHelper.NON_POOLED_EVENTS_HELPER,
                                LoggingConfiguration.DEFAULT));
    }

    private void addMember(final int account, final Members members) {
        command.command = OrderCommandType.ADD_USER;
        command.uid = account + 1;
        process();
        adjust(account, QUOTE_CURRENCY);
        for (int i = 0; i < Members.INSTRUMENTS_PER_ACCOUNT; i++) {
            adjust(account, BASE_CURRENCY + members.choice(account, i));
        }
    }

    private void adjust(final int account, final int currency) {
        command.command = OrderCommandType.BALANCE_ADJUSTMENT;
        command.uid = account + 1;
        command.symbol = currency;
        command.orderType = OrderType.GTC;
        command.price = START_BALANCE;
        command.orderId = ++sequence;
        process();
    }

    @Override
    public void play(final int from, final int to) {
        for (int i = from; i < to; i++) {
            final int target = stream.targets[i];
            command.command =
                    target < 0 ? OrderCommandType.PLACE_ORDER : OrderCommandType.CANCEL_ORDER;
            command.uid = stream.accounts[i] + 1;
            command.symbol = stream.instruments[i];
            command.orderId = target < 0 ? stream.number(i) : target;
            command.price = stream.ticks[i];
            command.reserveBidPrice = stream.ticks[i];
            command.size = stream.lots[i];
            command.action = stream.sides[i] == OrderTerms.BUY ? OrderAction.BID : OrderAction.ASK;
            command.orderType = stream.immediate[i] != 0 ? OrderType.IOC : OrderType.GTC;
            command.timestamp = stream.number(i);
            process();
            count();
        }
    }

    private void process() {
        command.resultCode = CommandResultCode.NEW;
        command.matcherEvent = null;
        sequence++;
        risk.preProcessCommand(sequence, command);
        books.processOrder(sequence, command);
        risk.handlerRiskRelease(sequence, command);
    }

    private void count() {
        MatcherTradeEvent event = command.matcherEvent;
        while (event != null) {
            if (event.eventType == MatcherEventType.TRADE) {
                lots += event.size;
            }
            event = event.nextEvent;
        }
    }

    @Override
    public long tradedLots() {
        return lots;
    }
}

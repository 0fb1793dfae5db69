package io.spindle.oms;

import java.util.List;

/** What a request passes through, made once and handed to those who need some of it. */
final class Stages {
    final Emitter emitter;
    final MarketEmitter market;
    final NumberGate numbers;
    final OrderRules rules;
    final CustomChecks custom;
    final Reservations reservations;
    final PreTradeRisk risk;
    final SweepQueue jobs;
    final SessionEnds sessionEnds;
    final RateLimits rates;
    final Lifecycle lifecycle;
    final OrderEnds ends;
    final HeldOrders held;
    final BookWork work;
    final AuctionCalls calls;
    final Sweeps sweeps;
    final AlgorithmProgress algorithms;
    final Ledger ledger;
    final Foresight foresight;

    Stages(
            final Tables tables,
            final Emitter emitter,
            final MarketEmitter market,
            final List<OrderCheck> checks) {
        this.emitter = emitter;
        this.market = market;
        numbers = new NumberGate(tables, emitter);
        rules = new OrderRules(tables);
        custom = new CustomChecks(tables.state, tables.accounts.capacity(), checks);
        reservations = new Reservations(tables, tables.orders.records());
        risk = new PreTradeRisk(tables, reservations, custom, emitter);
        jobs = new SweepQueue(tables);
        sessionEnds = new SessionEnds(tables, jobs, emitter);
        rates = new RateLimits(tables, sessionEnds);
        lifecycle = new Lifecycle(tables, emitter);
        calls = new AuctionCalls(tables, market);
        work = new BookWork(tables, jobs, calls);
        ends = new OrderEnds(tables, reservations, lifecycle, work, emitter);
        held = new HeldOrders(tables, lifecycle, ends);
        algorithms = new AlgorithmProgress(tables, emitter);
        sweeps = new Sweeps(tables, jobs, work, held, algorithms, emitter);
        ledger = new Ledger(tables, emitter);
        foresight = new Foresight(tables);
    }
}

package io.spindle.simulation;

import io.spindle.sim.SimNetwork;
import io.spindle.standby.SimStandby;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened in one take-over, or in many added up. */
final class StandbyReport {
    private long runs;
    private long virtualNs;
    private long orders;
    private long messages;
    private long forged;
    long deaths;
    long sleeps;
    long cuts;
    long deadAtPromotion;
    long sleptInATurn;
    long fenced;

    void end(
            final SimNetwork network,
            final Oracle oracle,
            final List<SimTrader> traders,
            final SimStandby standby) {
        runs = 1;
        virtualNs = network.nowNs();
        messages = oracle.messages();
        forged = standby.forged();
        orders = traders.stream().mapToLong(SimTrader::entered).sum();
    }

    void add(final StandbyReport other) {
        runs += other.runs;
        virtualNs += other.virtualNs;
        orders += other.orders;
        messages += other.messages;
        forged += other.forged;
        deaths += other.deaths;
        sleeps += other.sleeps;
        cuts += other.cuts;
        deadAtPromotion += other.deadAtPromotion;
        sleptInATurn += other.sleptInATurn;
        fenced += other.fenced;
    }

    /** What befell none of the runs. */
    List<String> missed() {
        final Map<String, Long> faults = new TreeMap<>();
        faults.put("dead", deadAtPromotion);
        faults.put("asleep", sleptInATurn);
        faults.put("fenced", fenced);
        faults.put("cut", cuts);
        faults.values().removeIf(times -> times > 0);
        return List.copyOf(faults.keySet());
    }

    @Override
    public String toString() {
        return """
               standby: %,d take-overs, %.2f virtual hours, %,d orders, %,d messages that left
                 primary dead %,d times, asleep in a turn %,d times, told and fenced %,d times
                 %,d deaths before, %,d sleeps, %,d cuts of the link, %,d datagrams of a stranger"""
                .formatted(
                        runs,
                        virtualNs / 3.6e12,
                        orders,
                        messages,
                        deadAtPromotion,
                        sleptInATurn,
                        fenced,
                        deaths,
                        sleeps,
                        cuts,
                        forged);
    }
}

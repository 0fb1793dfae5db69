package io.spindle.rehearsal;

import io.spindle.client.ClientListener;
import io.spindle.client.ClientOrder;
import io.spindle.client.ClientSession;
import io.spindle.client.OrderDesk;
import io.spindle.oms.SampleMarket;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A member that does a little of everything: rests, takes, cuts, moves, cancels, and errs. */
final class RehearsalMember implements ClientListener {
    private static final int ONE_IN = 64;
    private static final int MAX_UNANSWERED = 64;
    private static final int MAX_LIVE = 128;
    private static final int PERCENT = 100;
    private static final long TICK = 100;
    private static final long FAIR = 10_000;
    private static final int DEEP = 12;
    private static final int FAR = 9_000;
    private static final long MAX_QUANTITY = 1_000_000;
    private static final String DEEP_SYMBOL = SampleMarket.SYMBOLS.getFirst();
    private static final String THIN = SampleMarket.SYMBOLS.getLast();
    private static final char DAY = '0';
    private static final char IMMEDIATE = '3';

    private final List<ClientOrder> live = new ArrayList<>();
    private final Set<ClientOrder> moving = new HashSet<>();
    private final RandomGenerator random;
    private final ClientSession session;
    private final OrderDesk desk;
    private long nowNs;
    private long answers;

    RehearsalMember(final int number, final Stage stage, final RandomGenerator random)
            throws IOException {
        this.random = random;
        session =
                new ClientSession(
                        SampleMarket.session(number),
                        SampleMarket.PASSWORD,
                        new LossyWire(stage.connect(this::onDatagram), random),
                        this);
        desk = new OrderDesk(session, this::onChange);
    }

    void login(final long timeNs) {
        session.login(timeNs);
    }

    /** Packs a few messages into one datagram, unless the venue owes too many answers. */
    void act(final int messages, final long timeNs) {
        for (int i = 0; i < messages && session.isUp() && desk.unanswered() < MAX_UNANSWERED; i++) {
            act(timeNs);
        }
        session.flush(timeNs);
    }

    private void act(final long timeNs) {
        final int chance = random.nextInt(PERCENT);
        if (chance < 46 && live.size() < MAX_LIVE) {
            enter(DAY, 1 - random.nextInt(DEEP), timeNs);
        } else if (chance < 50 && live.size() < MAX_LIVE) {
            enter(DAY, -random.nextInt(FAR), timeNs);
        } else if (chance < 62) {
            enter(IMMEDIATE, random.nextInt(3), timeNs);
        } else if (chance < 63) {
            err(timeNs);
        } else if (chance < 68) {
            sweep(timeNs);
        } else if (!live.isEmpty()) {
            change(chance, live.remove(random.nextInt(live.size())), timeNs);
        }
    }

    /**
     * @param through ticks on the far side of the fair price; negative = behind it
     */
    private void enter(final char timeInForce, final int through, final long timeNs) {
        final boolean buy = random.nextBoolean();
        final long price = (FAIR + (buy ? through : -through)) * TICK;
        final long quantity = 100L * (1 + random.nextInt(random.nextInt(8) == 0 ? 50 : 5));
        desk.enter(buy ? 'B' : 'S', symbol(), quantity, price, timeInForce, "", timeNs);
    }

    /** Takes all that the thin book has, so that levels come and go down to the last. */
    private void sweep(final long timeNs) {
        final boolean buy = random.nextBoolean();
        final long price = (FAIR + (buy ? FAR : -FAR)) * TICK;
        desk.enter(buy ? 'B' : 'S', THIN, MAX_QUANTITY, price, IMMEDIATE, "", timeNs);
    }

    private void err(final long timeNs) {
        switch (random.nextInt(4)) {
            case 0 -> desk.enter('B', "NOSUCH", 1, FAIR * TICK, DAY, "", timeNs);
            case 1 -> desk.enter('B', symbol(), 1, FAIR * TICK + 1, DAY, "", timeNs);
            case 2 -> desk.enter('S', symbol(), 10_000_000, FAIR * TICK, DAY, "", timeNs);
            default -> desk.enter('S', symbol(), 0, FAIR * TICK, DAY, "", timeNs);
        }
    }

    private void change(final int chance, final ClientOrder order, final long timeNs) {
        if (order.status() != ClientOrder.Status.LIVE || moving.contains(order)) {
            return;
        }
        if (chance < 75) {
            final long price = (FAIR + random.nextInt(2 * DEEP) - DEEP) * TICK;
            desk.replace(order, order.executed() + order.leaves() + 100, price, timeNs);
            moving.add(order);
        } else {
            final boolean cut = chance < 80 && order.leaves() > 1;
            desk.cancel(order, cut ? order.executed() + order.leaves() / 2 : 0, timeNs);
        }
    }

    private String symbol() {
        return random.nextInt(6) == 0 ? THIN : DEEP_SYMBOL;
    }

    /** Sends again, keeps alive; what arrives in between is taken to have arrived now. */
    void poll(final long timeNs) {
        nowNs = timeNs;
        session.poll(timeNs);
        desk.poll(timeNs);
    }

    /** A few are lost on the way, so that the venue is asked for them again. */
    private void onDatagram(final DirectBuffer buffer, final int offset, final int length) {
        if (random.nextInt(ONE_IN) != 0) {
            session.onDatagram(buffer, offset, length, nowNs);
        }
    }

    /** Answers so far. */
    long answers() {
        return answers;
    }

    @Override
    public void onReport(
            final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        answers++;
        desk.onReport(buffer, offset, length, nowNs);
    }

    private void onChange(final ClientOrder order) {
        moving.remove(order);
        if (order.status() == ClientOrder.Status.LIVE
                && order.executed() == 0
                && live.size() < MAX_LIVE
                && random.nextBoolean()) {
            live.add(order);
        }
    }

    @Override
    public void onLoggedIn(final String sessionId, final long nextSequence) {}

    @Override
    public void onLoginRejected(final char reason) {
        throw new IllegalStateException("login refused in rehearsal, reason " + reason);
    }

    @Override
    public void onEndOfSession(final long total) {}
}

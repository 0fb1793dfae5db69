package io.spindle.oms;

/** Brackets and pairs, as docs/oms/risk.md and docs/matching-rules.md tell of them. */
final class NaiveLinks {
    private NaiveLinks() {}

    /** Whether an order may name that one at all. */
    static boolean fits(final NaiveLedger.Order order, final NaiveLedger.Order named) {
        return named.account == order.account
                && named.book == order.book
                && named.leaves == order.leaves
                && (order.role != 'P' || named.buys != order.buys && !named.shared);
    }

    /** Whether the book can tie the two. */
    static boolean canTie(final NaiveLedger.Order order, final NaiveLedger.Order named) {
        if (order.role == 'P') {
            return named.asleep
                    && named.parent == null
                    && (named.partner == null || named.partner.parent == null);
        }
        return named.buys == order.buys
                && named.asleep == order.asleep
                && named.partner == null
                && !named.isParent
                && !named.pegged
                && named.parent == null;
    }

    /** The order is in the book now. */
    static void tie(final NaiveLedger.Order order, final NaiveLedger.Order named) {
        if (order.role == 'P') {
            order.isParent = true;
            order.child = named;
            named.parent = order;
        } else {
            order.partner = named;
            named.partner = order;
        }
    }

    /** What replaces an order is tied as that was, and as much asleep. */
    static void replace(final NaiveLedger.Order old, final NaiveLedger.Order order) {
        order.partner = old.partner;
        order.child = old.child;
        order.parent = old.parent;
        order.isParent = old.isParent;
        if (old.partner != null) {
            old.partner.partner = order;
        }
        if (old.child != null) {
            old.child.parent = order;
        }
        if (old.parent != null) {
            old.parent.child = order;
        }
    }

    /** Others count on how much of it is open. */
    static boolean isBound(final NaiveLedger.Order order) {
        return order.asleep || order.isParent || order.partner != null;
    }

    /** A parent has bought so much. */
    static void executed(final NaiveLedger.Order parent, final long lots) {
        if (sleeps(parent.child, parent) && parent.child.dormant) {
            final NaiveLedger.Order child = parent.child;
            child.accrued += Math.min(lots, Math.max(0, child.leaves - child.accrued));
        }
    }

    /** The parent is done: its children wake, if it has traded. */
    static void done(final NaiveLedger.Order parent) {
        final NaiveLedger.Order child = parent.child;
        if (sleeps(child, parent) && parent.executed > 0) {
            wake(child, parent.executed);
            if (child.partner != null) {
                wake(child.partner, parent.executed);
            }
        }
    }

    private static boolean sleeps(final NaiveLedger.Order child, final NaiveLedger.Order parent) {
        return child != null && child.leaves > 0 && child.asleep && child.parent == parent;
    }

    private static void wake(final NaiveLedger.Order child, final long executed) {
        child.asleep = false;
        child.dormant = false;
        child.parent = null;
        child.leaves = Math.min(child.leaves, executed);
        child.quantity = child.leaves;
        child.cancelled = 0;
    }
}

package io.spindle.matcher;

/** Reads resting orders, best price first, first in time first. */
@FunctionalInterface
public interface OrderVisitor {
    /**
     * @return false to stop
     */
    boolean onOrder(int order, long priceTicks, long lots);
}

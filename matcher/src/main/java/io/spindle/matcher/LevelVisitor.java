package io.spindle.matcher;

/** Reads price levels, best first. */
@FunctionalInterface
public interface LevelVisitor {
    /**
     * @return false to stop
     */
    boolean onLevel(long priceTicks, long lots, int orders);
}

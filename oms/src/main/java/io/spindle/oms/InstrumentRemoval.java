package io.spindle.oms;

/**
 * Takes instruments away at run time, and gives them back. One that was removed keeps its number
 * and its terms, and no command finds it by its symbol until it is defined again; its number is
 * never another's.
 */
final class InstrumentRemoval {
    private static final int CLOSED = 'X';

    private final InstrumentTable instruments;
    private final InstrumentUses uses;
    private final AlgorithmTable algorithms;
    private final MarketEmitter market;

    InstrumentRemoval(final Tables tables, final MarketEmitter market) {
        this.instruments = tables.instruments;
        this.uses = tables.uses;
        this.algorithms = tables.algorithms;
        this.market = market;
    }

    /**
     * Removes a closed instrument that nobody uses; work is bounded, however many orders and
     * accounts there are.
     *
     * @return a {@link RejectCode} number
     */
    int remove(final int instrument) {
        if (instruments.tradingState(instrument) != CLOSED
                || instruments.linked(instrument) != InstrumentTable.NONE
                || instruments.isMoving(instrument)
                || !uses.isFree(instrument)
                || hasAlgorithm(instrument)) {
            return RejectCode.IN_USE.code;
        }
        state(instrument, InstrumentTable.REMOVED);
        return RejectCode.NONE.code;
    }

    /** A removed one was defined again: it is back, closed. */
    void giveBack(final int instrument) {
        state(instrument, CLOSED);
    }

    private void state(final int instrument, final int state) {
        instruments.records().putByte(instrument, InstrumentTable.TRADING_STATE, state);
        market.tradingState(instrument, state);
    }

    private boolean hasAlgorithm(final int instrument) {
        for (int algorithm = 0; algorithm < algorithms.highWater(); algorithm++) {
            if (algorithms.isLive(algorithm) && algorithms.instrument(algorithm) == instrument) {
                return true;
            }
        }
        return false;
    }
}

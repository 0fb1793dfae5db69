package io.spindle.mgmt.model;

import io.spindle.oms.OrderState;

/**
 * What may be asked of an order at a stage of its way. The engine sees to it, whoever asks.
 *
 * @param amendAllowed replaced, modified or cancelled in part
 * @param cancelAllowed cancelled whole
 */
public record Operations(boolean amendAllowed, boolean cancelAllowed) {
    /** Of what is done with. */
    public static final Operations NONE = new Operations(false, false);

    /** What waits outside the market, or is with another venue, ends whole or stays as it is. */
    public static Operations of(final OrderState state) {
        return new Operations(state.isOpen(), !state.isTerminal());
    }

    /** One that was accepted is an order since, and has the order's own status. */
    public static Operations of(final OrderRequest.Status status) {
        return switch (status) {
            case RECEIVED, SUBMITTED -> of(OrderState.SUBMITTED);
            case QUEUED, HELD -> of(OrderState.PENDING_SUBMISSION);
            case ACCEPTED -> of(OrderState.ACCEPTED);
            case REJECTED, CANCELLED, EXPIRED -> NONE;
        };
    }
}

package io.spindle.mgmt.model;

/**
 * A place that was looked at when it was decided where an order goes, and what it was given.
 *
 * @param venue a venue's code, or ours for the book here
 * @param price wire price, {@link EntryQuote#NONE} without a quote
 * @param quantity lots quoted at that price
 * @param share lots of the order that went there
 * @param ageNs of the quote, −1 without one
 */
public record RoutingQuote(
        OrderId order,
        String firm,
        String account,
        Instrument instrument,
        char side,
        String venue,
        long price,
        long quantity,
        long share,
        long ageNs,
        long sequence,
        long timeNs)
        implements Fact {}

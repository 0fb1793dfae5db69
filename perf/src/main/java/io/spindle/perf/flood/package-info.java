/**
 * What hostile datagrams cost the sessions that trade: floods of every kind, in rounds against the
 * same datagrams sent to somebody else.
 */
package io.spindle.perf.flood;

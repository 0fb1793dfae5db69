/**
 * What hostile datagrams cost the sessions that trade: floods of every kind, in rounds against
 * silence.
 */
package io.spindle.perf.flood;

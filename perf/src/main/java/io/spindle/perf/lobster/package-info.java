/**
 * Recorded order flow as an oracle: a LOBSTER pair says which book a real venue had after every
 * event, so every row that our own book reproduces is a fact about the matching, not an opinion.
 */
package io.spindle.perf.lobster;

/**
 * ITCH 5.0 messages and the MoldUDP64 packets that carry them: encoder of the market data feed.
 *
 * <p>Hot. Called from the trading loop and, with the same classes, from the feed replica's thread;
 * each has its own objects. Allocates in constructors only. One class holds the layout of one
 * message: offsets, encoder, field readers. All integers are big-endian, text is ASCII padded with
 * spaces on the right and packed into an integer with its first character on top.
 *
 * <p>Layouts follow the tables of "Nasdaq TotalView-ITCH 5.0" and "MoldUDP64 1.00"; what the
 * appliance sends of them is in docs/protocol/market-data.md.
 */
package io.spindle.codec.itch;

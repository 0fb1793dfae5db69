/**
 * The feed process: a replica of the engine that keeps every market data message of the day and
 * serves those who missed some.
 *
 * <p>Cold. One thread runs everything here; clients are strangers, so every request is checked
 * whole before anything is done for it.
 */
package io.spindle.feed;

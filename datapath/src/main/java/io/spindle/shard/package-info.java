/**
 * Symbols spread over appliances: each has its own log, and a symbol moves by export, check,
 * release and import ({@link io.spindle.shard.ShardCommand}).
 */
package io.spindle.shard;

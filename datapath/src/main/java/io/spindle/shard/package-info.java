/**
 * Symbols spread over appliances: each has its own log, and a symbol moves by drain, export, import
 * and release ({@link io.spindle.shard.ShardCommand}).
 */
package io.spindle.shard;

/**
 * The trading thread: {@link io.spindle.loop.TradingLoop} and the collaborators that only it has.
 * One thread; allocates in constructors only; reads its clock once a turn.
 */
package io.spindle.loop;

package io.spindle.oms;

/** Listens to nothing: for engines of which only the state counts; override what matters. */
public class NoEvents implements OrderEvents, MarketEvents, AdminEvents {}

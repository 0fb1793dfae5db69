/** The way from people to the engine: admin commands through the bounded control ring. */
package io.spindle.mgmt.control;

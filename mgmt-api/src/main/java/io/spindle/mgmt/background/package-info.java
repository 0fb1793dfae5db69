/** Threads that work behind everybody's back: how they go on after a fault, and how they end. */
package io.spindle.mgmt.background;

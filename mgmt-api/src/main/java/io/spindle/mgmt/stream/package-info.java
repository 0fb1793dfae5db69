/**
 * Facts as they happen, for whoever subscribes: a snapshot, then replace and remove by key. Every
 * subscriber has a bounded queue of its own; one that is too slow is told to start over.
 */
package io.spindle.mgmt.stream;

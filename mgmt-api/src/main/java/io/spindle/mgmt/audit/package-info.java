/**
 * What people and programs asked of the management API: an append-only file in which each record
 * carries the hash of the one before it, so that none can be changed or taken out unseen.
 */
package io.spindle.mgmt.audit;

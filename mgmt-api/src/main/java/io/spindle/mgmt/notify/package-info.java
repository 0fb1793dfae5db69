/**
 * Notifications: events that leave by webhook, e-mail or log, each channel on a thread of its own,
 * at least once and in order, or into the dead-letter list.
 */
package io.spindle.mgmt.notify;

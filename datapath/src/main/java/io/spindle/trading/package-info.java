/**
 * The trading process around the loop: fence, recovery, first configuration, banner, orderly end.
 * Cold.
 */
package io.spindle.trading;

/** Frames in pcapng files: written off the loop's thread, read back for replay. Cold. */
package io.spindle.capture;

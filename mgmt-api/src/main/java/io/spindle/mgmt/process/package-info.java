/** The mgmt process: what follows the log, what watches the loop, and how they are put together. */
package io.spindle.mgmt.process;

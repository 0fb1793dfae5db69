/**
 * Brings the log back after anything: takes the fence, joins what the Archive recorded with what
 * the ring still holds, and hands the writing end to the loop. Also the offline side of the log:
 * {@code ./spindle log verify|dump|stat|export}.
 */
package io.spindle.recovery;

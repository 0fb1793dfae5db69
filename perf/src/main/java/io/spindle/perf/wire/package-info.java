/**
 * Round trips over a real wire, the appliance beside minimal C echoes, interleaved in one run.
 *
 * <pre>
 *   near namespace, core 1                      far namespace, core 0
 *   server: C echo or trading loop ═══ veth ═══ client: one order or payload at a time
 * </pre>
 */
package io.spindle.perf.wire;

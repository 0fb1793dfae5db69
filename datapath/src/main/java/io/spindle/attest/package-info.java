/**
 * When each order was where, signed: written beside the loop, checked by whoever has the public
 * key. Cold but for {@link io.spindle.loop.AttestedQueue}, which takes the times.
 *
 * <pre>
 *   spindle-attestation 1 STAMP-CLOCK
 *   order SEQUENCE NIC-IN LOOP-IN LOOP-OUT NIC-OUT           ns since the Unix epoch; NIC-IN 0 = no stamp
 *   …
 *   end                                                     before the last seal only
 *   seal ORDERS LOST CLOCK-STATE MAX-ERROR-US CHAIN SIGNATURE
 * </pre>
 *
 * CHAIN is the SHA-256 of the CHAIN before (of nothing, at first) and of every line since it, the
 * seal's own up to there; SIGNATURE is Ed25519 over its bytes.
 */
package io.spindle.attest;

/**
 * Certification: a script that a server must pass, and one that a firm's client must, each check
 * with its result in a report. Cold; speaks the wire as any firm does.
 */
package io.spindle.certify;

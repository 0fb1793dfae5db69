/**
 * The back office: what comes from banks, registries and other systems, held against what the
 * engine knows, and loaded as commands. Reads the replica, never the loop.
 */
package io.spindle.mgmt.office;

/**
 * The command log's hot end: {@link io.spindle.log.LogRing}, a preallocated ring in a file of
 * memory that outlives any process, and the two small rings of the same kind by which the
 * management plane asks and is answered. Called from the loop's thread only, except where a class
 * says otherwise. Allocates in constructors only; never blocks, never makes a system call. What
 * opens, sizes and checks files is marked {@link io.spindle.nic.Cold}.
 */
package io.spindle.log;

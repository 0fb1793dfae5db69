/**
 * System calls and raw memory through the foreign function interface. Cold, except for {@link
 * io.spindle.sys.Libc}, whose calls the loop makes: they allocate nothing.
 */
package io.spindle.sys;

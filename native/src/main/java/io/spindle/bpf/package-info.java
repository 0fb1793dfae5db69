/**
 * Programs for the kernel's packet path, assembled, loaded and attached from Java through bpf(2);
 * no compiler and no libbpf. Cold.
 */
package io.spindle.bpf;

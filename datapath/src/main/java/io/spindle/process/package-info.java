/** What commands share that run until SIGTERM: their end, their lines, addresses. Cold. */
package io.spindle.process;

/**
 * The command line. Subcommands are picocli classes in whatever module does the work; they are
 * listed as {@link java.util.concurrent.Callable} services and found by {@link SpindleMain}.
 */
package io.spindle.mgmt.cli;

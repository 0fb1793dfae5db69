package io.spindle.mgmt.report;

import java.util.List;

/**
 * A report: what it is about, and its tables.
 *
 * @param scope the parameters it was made with, name and value
 */
public record Report(String title, List<Parameter> scope, List<Table> tables) {
    /** One of the report's parameters. */
    public record Parameter(String name, String value) {}

    /**
     * A table; numbers are decimal strings.
     *
     * @param numbers for each column whether it holds numbers
     */
    public record Table(
            String title, List<String> columns, List<Boolean> numbers, List<List<String>> rows) {}
}

package io.spindle.mgmt.office;

/**
 * What is wrong with a file, and where.
 *
 * @param line from 1
 * @param field the column's name, or empty if it is about the whole line
 */
public record FileFault(String file, long line, String field, String detail) {
    /** As compilers write it. */
    public String place() {
        return file + ":" + line + (field.isEmpty() ? "" : ":" + field);
    }
}

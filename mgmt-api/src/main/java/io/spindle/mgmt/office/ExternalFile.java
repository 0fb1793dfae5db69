package io.spindle.mgmt.office;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file from outside whose form, count and sums are right.
 *
 * @param name as it was sent
 * @param source who says so: a bank, a registry, an exchange
 * @param checksum SHA-256 of its bytes, hexadecimal
 */
public record ExternalFile(
        String name,
        FileKind kind,
        String source,
        LocalDate date,
        List<Row> rows,
        String checksum) {
    public ExternalFile {
        rows = List.copyOf(rows);
    }

    /**
     * @param line in the file, from 1
     * @param values by column, in the file's order
     */
    public record Row(long line, Map<String, String> values) {
        public String text(final String column) {
            return values.get(column);
        }

        public BigDecimal number(final String column) {
            return new BigDecimal(values.get(column));
        }

        boolean flag(final String column) {
            return Boolean.parseBoolean(values.get(column));
        }

        /** The values that name it, joined by slashes. */
        String key(final FileKind kind) {
            return String.join("/", kind.key().stream().map(values::get).toList());
        }
    }

    /** Where its loads and reports are filed: {@code cash.BANK1}. */
    public String label() {
        return kind.label() + "." + source;
    }

    /** Sums of these rows as the kind wants them, by currency or symbol. */
    static SortedMap<String, BigDecimal> sums(final FileKind kind, final List<Row> rows) {
        final SortedMap<String, BigDecimal> sums = new TreeMap<>();
        if (!kind.summed.isEmpty()) {
            for (final Row row : rows) {
                sums.merge(row.text(kind.summedBy), row.number(kind.summed), BigDecimal::add);
            }
        }
        return sums;
    }
}

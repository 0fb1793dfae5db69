package io.spindle.mgmt.office;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What became of a file: how it differed from what was there, and what was done about it.
 *
 * @param validated true if nothing was changed: a dry run
 * @param rows in the file
 * @param loaded rows that are true now
 * @param differences between us and them before the load
 * @param remaining between us and them after it: refused by the engine
 * @param sequence at which that is true
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LoadReport(
        String kind,
        String source,
        String file,
        String date,
        String checksum,
        boolean validated,
        int rows,
        int loaded,
        List<Row> quarantined,
        List<Difference> differences,
        List<Difference> remaining,
        List<Total> totals,
        long sequence) {
    /** A quarantined row, as it was sent. */
    public record Row(long line, String key, String reason, Map<String, String> values) {}

    /**
     * A sum.
     *
     * @param by the currency or the symbol
     * @param file what the trailer says
     * @param loaded without what was quarantined
     */
    public record Total(String by, String file, String loaded, String quarantined) {}

    static LoadReport of(
            final ExternalFile file,
            final Load load,
            final List<Difference> remaining,
            final boolean validated,
            final long sequence) {
        return new LoadReport(
                file.kind().label(),
                file.source(),
                file.name(),
                file.date().toString(),
                file.checksum(),
                validated,
                file.rows().size(),
                load.taken().size(),
                load.quarantined().stream()
                        .map(row -> new Row(row.line(), row.key(), row.reason(), row.values()))
                        .toList(),
                load.differences(),
                remaining,
                totals(file, load),
                sequence);
    }

    private static List<Total> totals(final ExternalFile file, final Load load) {
        final SortedMap<String, BigDecimal> all = ExternalFile.sums(file.kind(), file.rows());
        final SortedMap<String, BigDecimal> taken = ExternalFile.sums(file.kind(), load.taken());
        final List<Total> totals = new ArrayList<>();
        for (final String by : new TreeSet<>(all.keySet())) {
            final BigDecimal loaded = taken.getOrDefault(by, BigDecimal.ZERO);
            totals.add(
                    new Total(
                            by,
                            all.get(by).toPlainString(),
                            loaded.toPlainString(),
                            all.get(by).subtract(loaded).toPlainString()));
        }
        return totals;
    }
}

package io.spindle.mgmt.office;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.office.ExternalFile.Row;
import io.spindle.mgmt.security.Sha256;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a file from outside and tells everything that is wrong with it at once, each with its line
 * and field.
 *
 * <pre>
 * HEADER,cash,BANK1,2026-11-20
 * account,currency,balance
 * ACME-1,USD,1000000.00
 * TRAILER,1,USD=1000000.00
 * </pre>
 *
 * <p>CSV as in RFC 4180, UTF-8. The trailer has the number of rows and, where the kind sums
 * something up, the sums. Orders and fills have the side {@code B}, or one of {@code S}, {@code T}
 * and {@code E} for all that sell, and quantities and prices above zero.
 */
public final class ExternalFileReader {
    private static final int MAX_FAULTS = 1_000;
    private static final int HEADER_FIELDS = 4;

    /** A row, with the names of its columns, must fit one command of the log. */
    private static final int MAX_ROW = 1_000;

    /** Bytes of the same as JSON; in quarantine it has its key and a reason besides. */
    private static final int MAX_NOTE = 3_000;

    private static final int MAX_COLUMNS = 32;

    private final String name;
    private final List<FileFault> faults = new ArrayList<>();
    private FileKind kind;
    private String source = "";
    private LocalDate date = LocalDate.EPOCH;
    private List<String> columns = List.of();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Long> lines = new HashMap<>();
    private long lastLine;
    private boolean ended;

    private ExternalFileReader(final String name) {
        this.name = name;
    }

    /**
     * @param name of the file, for messages
     */
    public static ExternalFile read(final String name, final byte[] content) throws FaultyFile {
        return new ExternalFileReader(name).read(content);
    }

    private ExternalFile read(final byte[] content) throws FaultyFile {
        final CsvReader<CsvRecord> reader =
                CsvReader.builder()
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .skipEmptyLines(true)
                        .ofCsvRecord(new String(content, StandardCharsets.UTF_8));
        try {
            final Iterator<CsvRecord> records = reader.iterator();
            takeHeader(records);
            if (faults.isEmpty()) {
                takeColumns(records);
            }
            if (faults.isEmpty()) {
                takeRows(records);
            }
        } catch (final CsvParseException broken) {
            fault(lastLine + 1, "", "no CSV: " + broken.getMessage());
        }
        if (!faults.isEmpty()) {
            throw new FaultyFile(faults);
        }
        return new ExternalFile(name, kind, source, date, rows, Sha256.hex(content));
    }

    private void takeHeader(final Iterator<CsvRecord> records) {
        if (!records.hasNext()) {
            fault(1, "", "is empty");
            return;
        }
        final CsvRecord header = next(records);
        if (header.getFieldCount() != HEADER_FIELDS || !header.getField(0).equals("HEADER")) {
            fault(lastLine, "", "must be HEADER,kind,source,date");
            return;
        }
        kind = FileKind.of(header.getField(1)).orElse(null);
        if (kind == null) {
            fault(lastLine, "kind", "must be accounts, cash, holdings, orders or fills");
        }
        source = header.getField(2);
        if (!source.matches("[A-Za-z0-9_-]{1,32}")) {
            fault(lastLine, "source", "must be 1 to 32 letters, digits, - or _");
        }
        try {
            date = LocalDate.parse(header.getField(3));
        } catch (final DateTimeParseException wrong) {
            fault(lastLine, "date", "must be yyyy-mm-dd");
        }
    }

    private void takeColumns(final Iterator<CsvRecord> records) {
        if (!records.hasNext()) {
            fault(lastLine + 1, "", "the names of the columns are missing");
            return;
        }
        columns = next(records).getFields();
        if (columns.size() > MAX_COLUMNS || columns.toString().length() > MAX_ROW) {
            fault(lastLine, "", "has too many columns");
        }
        for (final String column : kind.columns) {
            if (!columns.contains(column)) {
                fault(lastLine, column, "is missing");
            }
        }
        for (final String column : columns) {
            if (columns.indexOf(column) != columns.lastIndexOf(column)) {
                fault(lastLine, column, "is there twice");
            } else if (!kind.columns.contains(column) && !kind.allowsMoreColumns()) {
                fault(lastLine, column, "is unknown");
            }
        }
    }

    private void takeRows(final Iterator<CsvRecord> records) {
        while (records.hasNext() && faults.size() < MAX_FAULTS) {
            final CsvRecord next = next(records);
            if (ended) {
                fault(lastLine, "", "comes after the trailer");
            } else if (next.getField(0).equals("TRAILER")) {
                ended = true;
                takeTrailer(next.getFields());
            } else {
                takeRow(next.getFields());
            }
        }
        if (!ended && faults.size() < MAX_FAULTS) {
            fault(lastLine + 1, "", "the trailer is missing: the file was cut off");
        }
    }

    private void takeRow(final List<String> fields) {
        if (fields.size() != columns.size()) {
            fault(lastLine, "", "has " + fields.size() + " fields, not " + columns.size());
            return;
        }
        if (fields.stream().mapToInt(String::length).sum() > MAX_ROW) {
            fault(lastLine, "", "is longer than " + MAX_ROW + " characters");
            return;
        }
        final int before = faults.size();
        final Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            values.put(columns.get(i), fields.get(i));
            check(columns.get(i), fields.get(i));
        }
        if (Json.write(values).getBytes(StandardCharsets.UTF_8).length > MAX_NOTE) {
            fault(lastLine, "", "is longer than " + MAX_NOTE + " bytes as JSON");
        }
        final Row row = new Row(lastLine, values);
        if (faults.size() > before) {
            return;
        }
        final Long first = lines.putIfAbsent(row.key(kind), lastLine);
        if (first != null) {
            fault(lastLine, kind.key().getFirst(), "is on line " + first + " already");
        }
        rows.add(row);
    }

    private void check(final String column, final String text) {
        if (FileKind.isNumber(column)) {
            if (!text.matches("-?[0-9]{1,19}(\\.[0-9]{1,8})?")) {
                fault(lastLine, column, "not a plain decimal number: " + text);
            } else if (kind.isAboveZero(column) && new BigDecimal(text).signum() <= 0) {
                fault(lastLine, column, "must be more than 0: " + text);
            }
        } else if (kind.isSide(column)) {
            if (!text.matches("[BSTE]")) {
                fault(lastLine, column, "must be B, S, T or E: " + text);
            }
        } else if (FileKind.isFlag(column)) {
            if (!text.equals("true") && !text.equals("false")) {
                fault(lastLine, column, "must be true or false");
            }
        } else if (kind.columns.contains(column) && !text.matches("[!-~]{1,32}")) {
            fault(lastLine, column, "must be 1 to 32 visible ASCII characters");
        }
    }

    private void takeTrailer(final List<String> fields) {
        if (fields.size() < 2 || !fields.get(1).equals(Integer.toString(rows.size()))) {
            fault(
                    lastLine,
                    "rows",
                    "says "
                            + (fields.size() < 2 ? "nothing" : fields.get(1))
                            + ", there are "
                            + rows.size());
        }
        final SortedMap<String, BigDecimal> told = new TreeMap<>();
        for (final String field : fields.subList(Math.min(2, fields.size()), fields.size())) {
            final int equals = field.indexOf('=');
            if (equals < 1 || !field.substring(equals + 1).matches("-?[0-9]+(\\.[0-9]+)?")) {
                fault(lastLine, field, "must be NAME=sum");
            } else {
                told.put(field.substring(0, equals), new BigDecimal(field.substring(equals + 1)));
            }
        }
        compareSums(told);
    }

    private void compareSums(final SortedMap<String, BigDecimal> told) {
        final SortedMap<String, BigDecimal> found = ExternalFile.sums(kind, rows);
        found.forEach(
                (by, sum) -> {
                    final BigDecimal other = told.get(by);
                    if (other == null) {
                        fault(lastLine, by, "has no sum, the rows make " + sum.toPlainString());
                    } else if (other.compareTo(sum) != 0) {
                        fault(
                                lastLine,
                                by,
                                "says "
                                        + other.toPlainString()
                                        + ", the rows make "
                                        + sum.toPlainString());
                    }
                });
        told.keySet().stream()
                .filter(by -> !found.containsKey(by))
                .forEach(by -> fault(lastLine, by, "is in no row"));
    }

    private CsvRecord next(final Iterator<CsvRecord> records) {
        final CsvRecord next = records.next();
        lastLine = next.getStartingLineNumber();
        return next;
    }

    private void fault(final long line, final String field, final String detail) {
        faults.add(new FileFault(name, line, field, detail));
    }
}

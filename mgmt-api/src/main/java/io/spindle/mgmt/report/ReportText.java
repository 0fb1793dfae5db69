package io.spindle.mgmt.report;

import static io.spindle.tuning.report.Html.escape;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

import io.spindle.mgmt.report.Report.Table;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A report as CSV or as a page that needs nothing else. */
public final class ReportText {
    private static final String STYLE =
            """
            :root{color-scheme:light dark;font:14px/1.45 system-ui,sans-serif}
            body{max-width:72rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.5rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .5rem}
            dl{display:flex;gap:2rem;margin:.5rem 0 0}dt{opacity:.65}dd{margin:0;font-weight:600}
            div.s{display:contents}table{border-collapse:collapse;width:100%}
            th,td{padding:.3rem .6rem;text-align:left;border-bottom:1px solid #8884}
            th{border-bottom-color:#888}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
            p.e{opacity:.65}@media print{body{margin:0}h2{break-after:avoid}}
            """;

    private ReportText() {}

    /** Tables one after the other, an empty line between them; lines end with LF. */
    public static String csv(final Report report) {
        final StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            boolean first = true;
            for (final Table table : report.tables()) {
                if (!first) {
                    writer.writeRecord(List.of());
                }
                if (report.tables().size() > 1) {
                    writer.writeRecord(List.of(table.title()));
                }
                writer.writeRecord(table.columns());
                table.rows().forEach(writer::writeRecord);
                first = false;
            }
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    public static String html(final Report report) {
        final StringBuilder page = new StringBuilder(4_096);
        page.append(
                        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
                .append(escape(report.title()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escape(report.title()))
                .append("</h1>\n<dl>\n");
        report.scope()
                .forEach(
                        one ->
                                page.append("<div class=\"s\"><dt>")
                                        .append(escape(one.name()))
                                        .append("</dt><dd>")
                                        .append(escape(one.value()))
                                        .append("</dd></div>\n"));
        page.append("</dl>\n");
        if (report.tables().stream().allMatch(table -> table.rows().isEmpty())) {
            page.append("<p class=\"e\">Nothing to report.</p>\n");
        }
        report.tables().forEach(table -> append(page, table));
        return page.append("</body>\n</html>\n").toString();
    }

    private static void append(final StringBuilder page, final Table table) {
        page.append("<h2>").append(escape(table.title())).append("</h2>\n<table>\n<thead><tr>");
        for (int i = 0; i < table.columns().size(); i++) {
            page.append("<th scope=\"col\"")
                    .append(table.numbers().get(i) ? " class=\"n\">" : ">")
                    .append(escape(table.columns().get(i)))
                    .append("</th>");
        }
        page.append("</tr></thead>\n<tbody>\n");
        for (final List<String> row : table.rows()) {
            page.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                page.append(table.numbers().get(i) ? "<td class=\"n\">" : "<td>")
                        .append(escape(row.get(i)))
                        .append("</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</tbody>\n</table>\n");
    }
}

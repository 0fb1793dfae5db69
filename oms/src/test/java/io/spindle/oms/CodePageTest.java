package io.spindle.oms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page of codes is written from the enums; with -Dspindle.write.pages it is written anew. */
class CodePageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("spindle.root"), "docs", "oms", "codes.md");

    @Test
    void shouldListEveryCodeOfTheEnum() throws IOException {
        final StringBuilder page = new StringBuilder();
        page.append("# Codes\n\n")
                .append("Written by `CodePageTest` from the enums; numbers never change.\n\n")
                .append("## Reject codes\n\nBelow 0x0100 OUCH 5.0's own; from 0x0200 on they ")
                .append(
                        "answer admin requests only.\n\n| code | name | meaning |\n|---|---|---|\n");
        for (final RejectCode code : RejectCode.values()) {
            page.append(String.format("| 0x%04X | %s | %s |%n", code.code, code, code.meaning));
        }
        page.append("\n## Order states\n\n| from | may become |\n|---|---|\n");
        for (final OrderState from : OrderState.values()) {
            page.append("| ").append(from).append(" |");
            for (final OrderState to : OrderState.values()) {
                page.append(from.mayBecome(to) ? " " + to : "");
            }
            page.append(from.isTerminal() ? " (terminal) |\n" : " |\n");
        }
        page.append("\n## Checks, in the order in which they run\n\n");
        for (final RiskCheck check : RiskCheck.values()) {
            page.append(check.ordinal()).append(". ").append(check).append('\n');
        }
        page.append(RiskCheck.CUSTOM).append(" and up: configured checks\n");
        if (System.getProperty("spindle.write.pages") != null) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page.toString());
    }
}

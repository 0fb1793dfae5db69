package io.spindle.mgmt.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** A file is right, or everything that is wrong with it is told with its place. */
class ExternalFileReaderTest {
    private static final String CASH =
            """
            HEADER,cash,BANK1,2026-11-20
            account,currency,balance
            ACME-1,USD,1000.50
            ACME-2,USD,-0.50
            ACME-1,EUR,7
            TRAILER,3,USD=1000.00,EUR=7.0
            """;

    @Test
    void shouldReadARightFile() throws FaultyFile {
        final ExternalFile file = read(CASH);
        assertEquals("cash.BANK1", file.label());
        assertEquals("2026-11-20", file.date().toString());
        assertEquals(3, file.rows().size());
        assertEquals("ACME-1/EUR", file.rows().getLast().key(FileKind.CASH));
        assertEquals(5, file.rows().getLast().line());
    }

    @Test
    void shouldTellLineAndFieldOfEveryFault() {
        assertEquals(
                List.of(
                        "f.csv:3:balance: not a plain decimal number: 1e3",
                        "f.csv:4: has 2 fields, not 3",
                        "f.csv:6:account: is on line 5 already",
                        "f.csv:7:rows: says 9, there are 2",
                        "f.csv:7:USD: says 5, the rows make 3",
                        "f.csv:7:GBP: is in no row"),
                faults(
                        """
                        HEADER,cash,BANK1,2026-11-20
                        account,currency,balance
                        ACME-1,USD,1e3
                        ACME-2,USD
                        ACME-3,USD,1
                        ACME-3,USD,2
                        TRAILER,9,USD=5,GBP=1
                        """));
    }

    /** What is no side would be booked as a sale, and a negative sale as a purchase. */
    @Test
    void shouldRefuseASideOrANumberThatNoOrderHas() {
        assertEquals(
                List.of(
                        "f.csv:3:side: must be B, S, T or E: BUY",
                        "f.csv:4:side: must be B, S, T or E: b",
                        "f.csv:5:quantity: must be more than 0: -10",
                        "f.csv:6:quantity: must be more than 0: 0.00",
                        "f.csv:6:price: must be more than 0: -2.50",
                        "f.csv:8:rows: says 6, there are 1",
                        "f.csv:8:SPDL: says 1, the rows make 10"),
                faults(
                        """
                        HEADER,fills,VENUE,2026-11-20
                        fill,order,account,symbol,side,quantity,price
                        1,O-1,ACME-1,SPDL,BUY,10,2.50
                        2,O-2,ACME-1,SPDL,b,10,2.50
                        3,O-3,ACME-1,SPDL,S,-10,2.50
                        4,O-4,ACME-1,SPDL,B,0.00,-2.50
                        5,O-5,ACME-1,SPDL,T,10,2.50
                        TRAILER,6,SPDL=1
                        """));
        assertEquals(
                List.of(
                        "f.csv:3:side: must be B, S, T or E: X",
                        "f.csv:3:price: must be more than 0: 0",
                        "f.csv:4:quantity: must be more than 0: -5"),
                faults(
                        """
                        HEADER,orders,VENUE,2026-11-20
                        order,account,symbol,side,price,quantity
                        O-1,ACME-1,SPDL,X,0,5
                        O-2,ACME-1,SPDL,S,9.50,-5
                        O-3,ACME-1,SPDL,E,9.50,5
                        TRAILER,1,SPDL=5
                        """));
    }

    /** Who has borrowed owes: below zero is a balance like another. */
    @Test
    void shouldTakeBalancesBelowZero() throws FaultyFile {
        final ExternalFile file =
                read(
                        """
                        HEADER,holdings,REG,2026-11-20
                        account,symbol,quantity
                        ACME-1,SPDL,-5
                        ACME-2,SPDL,0
                        TRAILER,2,SPDL=-5
                        """);
        assertEquals(2, file.rows().size());
    }

    @Test
    void shouldRefuseAFileThatWasCutOff() {
        final String cut = CASH.substring(0, CASH.indexOf("TRAILER"));
        assertEquals(List.of("f.csv:6: the trailer is missing: the file was cut off"), faults(cut));
        assertEquals(List.of("f.csv:7: comes after the trailer"), faults(CASH + "ACME-4,USD,1\n"));
    }

    @Test
    void shouldCheckHeaderAndColumns() {
        assertEquals(List.of("f.csv:1: is empty"), faults(""));
        assertEquals(List.of("f.csv:1: must be HEADER,kind,source,date"), faults("a,b\n"));
        assertEquals(
                List.of(
                        "f.csv:1:kind: must be accounts, cash, holdings, orders or fills",
                        "f.csv:1:source: must be 1 to 32 letters, digits, - or _",
                        "f.csv:1:date: must be yyyy-mm-dd"),
                faults("HEADER,money,a b,20.11.2026\n"));
        assertEquals(
                List.of("f.csv:2:balance: is missing", "f.csv:2:iban: is unknown"),
                faults("HEADER,cash,B,2026-11-20\naccount,currency,iban\n"));
        assertTrue(faults("HEADER,cash,B,2026-11-20\n\"a").getFirst().startsWith("f.csv:2"));
    }

    @Test
    void shouldKeepUnknownColumnsOfAccountsOnly() throws FaultyFile {
        final ExternalFile file =
                read(
                        """
                        HEADER,accounts,CRM,2026-11-20
                        account,firm,shortSelling,margin,tradeUnsettled,desk
                        ACME-1,ACME,true,false,false,"Rates, long end"
                        TRAILER,1
                        """);
        assertEquals("Rates, long end", file.rows().getFirst().text("desk"));
    }

    /** A short text may be a long one as JSON. */
    @Test
    void shouldRefuseARowThatNoNoteHasRoomFor() {
        assertEquals(
                List.of(
                        "f.csv:3: is longer than 3000 bytes as JSON",
                        "f.csv:4:rows: says 1, there are 0"),
                faults(
                        "HEADER,accounts,CRM,2026-11-20\n"
                                + "account,firm,shortSelling,margin,tradeUnsettled,desk\n"
                                + "ACME-1,ACME,true,false,false,"
                                + "\1".repeat(600)
                                + "\nTRAILER,1\n"));
    }

    /** Whatever bytes come, the answer is a file or faults. */
    @Test
    void shouldSurviveAnyBytes() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            final byte[] bytes = CASH.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(8); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                ExternalFileReader.read("f.csv", bytes);
            } catch (final FaultyFile faulty) {
                assertTrue(faulty.faults().size() > 0, "seed " + seed);
            }
        }
    }

    private static ExternalFile read(final String text) throws FaultyFile {
        return ExternalFileReader.read("f.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> faults(final String text) {
        return assertThrows(FaultyFile.class, () -> read(text)).faults().stream()
                .map(fault -> fault.place() + ": " + fault.detail())
                .toList();
    }
}

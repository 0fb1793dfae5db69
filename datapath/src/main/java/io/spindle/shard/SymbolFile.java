package io.spindle.shard;

import io.spindle.oms.SymbolImage;
import io.spindle.oms.SymbolImage.Reserved;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A symbol between two appliances: the lines of its {@link SymbolImage}, then
 *
 * <pre>
 *   move,UUID                            no two moves have the same
 *   reserved,account,currency,amount     for each account with open buys
 *   hash,SHA-256 of the image's lines
 * </pre>
 *
 * @param image lines
 */
record SymbolFile(List<String> image, String move, List<Reserved> reserved) {
    private static final String MOVE = "move";
    private static final String RESERVED = "reserved";
    private static final String HASH = "hash";

    void write(final Path file) throws IOException {
        final List<String> lines = new ArrayList<>(image);
        lines.add(MOVE + "," + move);
        reserved.forEach(
                one ->
                        lines.add(
                                String.join(
                                        ",",
                                        RESERVED,
                                        one.account(),
                                        one.currency(),
                                        Long.toString(one.amount()))));
        lines.add(HASH + "," + hash());
        Files.write(file, lines);
    }

    /**
     * @throws IOException if the file is not whole
     */
    static SymbolFile read(final Path file) throws IOException {
        final List<String> image = new ArrayList<>();
        final List<Reserved> reserved = new ArrayList<>();
        String move = "";
        String hash = "";
        for (final String line : Files.readAllLines(file)) {
            final String[] fields = line.split(",");
            switch (fields[0]) {
                case RESERVED ->
                        reserved.add(new Reserved(fields[1], fields[2], Long.parseLong(fields[3])));
                case MOVE -> move = fields[1];
                case HASH -> hash = fields[1];
                default -> image.add(line);
            }
        }
        final SymbolFile symbol = new SymbolFile(List.copyOf(image), move, List.copyOf(reserved));
        if (image.isEmpty() || !symbol.hash().equals(hash)) {
            throw new IOException(file + ": not whole, or changed since it was exported");
        }
        return symbol;
    }

    String hash() {
        return SymbolImage.hash(image);
    }

    /** The fields of all lines of a kind, the kind left out. */
    List<Fields> of(final String kind) {
        return image.stream()
                .map(line -> line.split(","))
                .filter(fields -> fields[0].equals(kind))
                .map(Fields::new)
                .toList();
    }

    String symbol() {
        return of("instrument").getFirst().text(1);
    }

    /** One line; field 0 is its kind. */
    record Fields(String[] all) {
        String text(final int field) {
            return all[field];
        }

        char character(final int field) {
            return all[field].charAt(0);
        }

        long number(final int field) {
            return Long.parseLong(all[field]);
        }

        long packed(final int field) {
            return Long.parseUnsignedLong(all[field], 16);
        }
    }
}

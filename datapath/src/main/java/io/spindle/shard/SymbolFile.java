package io.spindle.shard;

import io.spindle.log.DurableFile;
import io.spindle.oms.SymbolImage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A symbol between two appliances: the lines of its {@link SymbolImage}, then
 *
 * <pre>
 *   move,UUID      no two moves have the same
 *   step,STEP      exported: still at home; released: in this file only; else the id of the log
 *                  to which it goes
 *   sum,SHA-256    of all lines above
 * </pre>
 *
 * @param image lines
 */
record SymbolFile(List<String> image, String move, String step) {
    static final String EXPORTED = "exported";
    static final String RELEASED = "released";

    private static final String MOVE = "move,";
    private static final String STEP = "step,";
    private static final String SUM = "sum,";
    private static final int TAIL = 3;

    /**
     * Writes a new file, whole and synced, or none.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one of this name
     */
    void create(final Path file) throws IOException {
        final Path part = file.resolveSibling(file.getFileName() + ".part");
        DurableFile.write(part, bytes());
        Files.move(part, file);
        DurableFile.force(file.toAbsolutePath().getParent());
    }

    /** Makes the file say a later step; dying leaves the old one or the new. */
    void advance(final Path file, final String later) throws IOException {
        DurableFile.write(file, new SymbolFile(image, move, later).bytes());
    }

    private byte[] bytes() {
        final List<String> lines = body();
        lines.add(SUM + SymbolImage.hash(lines));
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private List<String> body() {
        final List<String> lines = new ArrayList<>(image);
        lines.add(MOVE + move);
        lines.add(STEP + step);
        return lines;
    }

    /**
     * @throws IOException if the file is not whole
     */
    static SymbolFile read(final Path file) throws IOException {
        final List<String> lines = Files.readAllLines(file);
        final int end = lines.size() - TAIL;
        if (end < 1
                || !lines.getLast()
                        .equals(SUM + SymbolImage.hash(lines.subList(0, lines.size() - 1)))) {
            throw new IOException(file + ": not whole, or changed since it was written");
        }
        return new SymbolFile(
                List.copyOf(lines.subList(0, end)),
                lines.get(end).substring(MOVE.length()),
                lines.get(end + 1).substring(STEP.length()));
    }

    /** Of the symbol's state. */
    String hash() {
        return SymbolImage.hash(image);
    }

    /** Names the steps of the import. */
    String arrival() {
        return "import " + move;
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

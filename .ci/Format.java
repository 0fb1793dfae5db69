import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks ("check") or rewrites ("fix") the layout of every Java source below a folder. Texts that
 * were found good before are remembered by digest in target/, so that only changed ones cost time.
 */
class Format {
    public static void main(final String[] args) throws Exception {
        final boolean fix = args[0].equals("fix");
        final Path root = Path.of(args[1]);
        final JavaFormatterOptions.Style style = JavaFormatterOptions.Style.AOSP;
        final Formatter formatter =
                new Formatter(JavaFormatterOptions.builder().style(style).build());
        final List<Path> sources;
        try (var walk = Files.walk(root)) {
            sources =
                    walk.filter(path -> path.toString().endsWith(".java"))
                            .filter(path -> !root.relativize(path).toString().contains("target/"))
                            .sorted()
                            .toList();
        }
        final Path memory = root.resolve("target/tools/formatted");
        final Set<String> known = new HashSet<>();
        if (Files.exists(memory)) {
            known.addAll(Files.readAllLines(memory));
        }
        final Set<String> good = new TreeSet<>();
        int wrong = 0;
        for (final Path source : sources) {
            final String before = Files.readString(source);
            final String digest = digest(before);
            if (known.contains(digest)) {
                good.add(digest);
                continue;
            }
            final String ordered =
                    ImportOrderer.reorderImports(
                            RemoveUnusedImports.removeUnusedImports(before), style);
            final String after = formatter.formatSource(ordered);
            good.add(digest(after));
            if (!after.equals(before)) {
                wrong++;
                System.out.println(
                        (fix ? "formatted " : "not formatted: ") + root.relativize(source));
                if (fix) {
                    Files.writeString(source, after);
                }
            }
        }
        Files.createDirectories(memory.getParent());
        Files.write(memory, good);
        System.out.println("format: " + sources.size() + " files, " + wrong + " differed");
        if (wrong > 0 && !fix) {
            System.out.println("run .ci/format to repair");
            System.exit(1);
        }
    }

    private static String digest(final String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}

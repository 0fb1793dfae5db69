import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks ("check") or rewrites ("fix") the layout of every Java source below a folder. */
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
        int wrong = 0;
        for (final Path source : sources) {
            final String before = Files.readString(source);
            final String ordered =
                    ImportOrderer.reorderImports(
                            RemoveUnusedImports.removeUnusedImports(before), style);
            final String after = formatter.formatSource(ordered);
            if (!after.equals(before)) {
                wrong++;
                System.out.println(
                        (fix ? "formatted " : "not formatted: ") + root.relativize(source));
                if (fix) {
                    Files.writeString(source, after);
                }
            }
        }
        System.out.println("format: " + sources.size() + " files, " + wrong + " differed");
        if (wrong > 0 && !fix) {
            System.out.println("run .ci/format to repair");
            System.exit(1);
        }
    }
}

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The coverage gate: reads JaCoCo's aggregate CSV and fails when too few lines were executed,
 * naming the packages and classes in which most of the missing lines are.
 */
class Coverage {
    private static final int SHOWN = 12;

    record Lines(int missed, int covered) {
        static final Lines NONE = new Lines(0, 0);

        Lines plus(final Lines other) {
            return new Lines(missed + other.missed, covered + other.covered);
        }

        double share() {
            return missed + covered == 0 ? 1 : (double) covered / (missed + covered);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%6.2f %% of %5d lines", 100 * share(), missed + covered);
        }
    }

    public static void main(final String[] args) throws Exception {
        final double minimum = Double.parseDouble(args[1]);
        final Map<String, Lines> packages = new TreeMap<>();
        final Map<String, Lines> classes = new TreeMap<>();
        final List<String> rows = Files.readAllLines(Path.of(args[0]));
        for (final String row : rows.subList(1, rows.size())) {
            // Counted from the end: the first column is a project's name, commas and all.
            final List<String> cells = List.of(row.split(",")).reversed();
            final Lines lines =
                    new Lines(Integer.parseInt(cells.get(5)), Integer.parseInt(cells.get(4)));
            final String packageName = cells.get(11);
            packages.merge(packageName, lines, Lines::plus);
            classes.merge(packageName + '.' + cells.get(10), lines, Lines::plus);
        }
        final Lines total = packages.values().stream().reduce(Lines.NONE, Lines::plus);
        System.out.printf(Locale.ROOT, "coverage: %s, wanted %.0f %%%n", total, 100 * minimum);
        if (total.share() < minimum) {
            printWorst("package", packages);
            printWorst("class", classes);
            System.exit(1);
        }
    }

    private static void printWorst(final String kind, final Map<String, Lines> all) {
        System.out.println("most missing lines by " + kind + ':');
        all.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().missed()))
                .limit(SHOWN)
                .forEach(
                        entry ->
                                System.out.printf(
                                        "  %5d missing  %s  %s%n",
                                        entry.getValue().missed(),
                                        entry.getValue(),
                                        entry.getKey()));
    }
}

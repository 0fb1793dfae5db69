package io.spindle.mgmt.office;

import io.spindle.mgmt.api.ApiProblem;
import io.spindle.mgmt.api.ProblemCode;
import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.RiskCommands;
import io.spindle.mgmt.control.TicketDesk;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.Note;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.office.Difference.Kind;
import io.spindle.mgmt.view.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Holds orders, fills and balances against what another system says. The same file against the same
 * state gives the same answer; a settlement that is repeated changes nothing, for every request's
 * id is made of what it settles.
 */
public final class Reconciliation {
    static final String KIND = Note.RECONCILIATION;
    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    /**
     * What was found.
     *
     * @param label file kind and source
     * @param ranAt ISO-8601, of the wall clock
     * @param sequence at which ours was true
     * @param settled what was done about it, one line each
     * @param comparisons of the same file, without settling, for whoever would settle it
     */
    public record Result(
            String label,
            String date,
            String checksum,
            String ranAt,
            long sequence,
            int ours,
            int theirs,
            List<Difference> differences,
            List<String> settled,
            List<Comparison> comparisons) {}

    private final View view;
    private final Commander commander;
    private final Notes notes;
    private final OrderAdoption orders;
    private final FillAdoption fills;
    private final Supplier<Instant> clock;
    private final Map<String, Result> last = new ConcurrentSkipListMap<>();
    private final Map<String, ReconciliationSummary> ran = new ConcurrentSkipListMap<>();

    Reconciliation(
            final View view,
            final Commander commander,
            final TicketDesk tickets,
            final Supplier<Instant> clock) {
        this.view = view;
        this.commander = commander;
        this.notes = new Notes(commander, view);
        this.orders = new OrderAdoption(view, tickets, notes);
        this.fills = new FillAdoption(view, commander, notes);
        this.clock = clock;
    }

    /** Waits until what is compared is the present; see {@link Commander#awaitCurrent}. */
    void awaitCurrent() throws IOException, InterruptedException {
        commander.awaitCurrent();
    }

    /** The last result of a file kind and source since this process began. */
    public Optional<Result> last(final String label) {
        return Optional.ofNullable(last.get(label));
    }

    /** The last run of each file kind and source, by label; of another process what it left. */
    public Map<String, ReconciliationSummary> summaries() {
        final Map<String, ReconciliationSummary> runs = noted(notes.list(KIND));
        runs.putAll(ran);
        return runs;
    }

    /** What runs left in the log, at a reading: each the last that found anything new. */
    public static Map<String, ReconciliationSummary> noted(final View.Reading now) {
        return noted(now.metadata().list(KIND));
    }

    private static Map<String, ReconciliationSummary> noted(final List<Metadata> entries) {
        final Map<String, ReconciliationSummary> runs = new TreeMap<>();
        entries.forEach(entry -> runs.put(entry.key(), ReconciliationSummary.of(entry)));
        return runs;
    }

    /** Differences of the last runs with files of a kind; nothing if none ran. */
    public Optional<Integer> differences(final FileKind kind) {
        return summaries().entrySet().stream()
                .filter(run -> isOf(kind, run.getKey()))
                .map(run -> run.getValue().differences())
                .reduce(Integer::sum);
    }

    /**
     * Since the last run with a file of a kind, of several sources the one that is longest ago;
     * nothing if this process ran none.
     */
    public Optional<Duration> age(final FileKind kind) {
        return ran.entrySet().stream()
                .filter(run -> isOf(kind, run.getKey()))
                .map(run -> Instant.parse(run.getValue().ranAt()))
                .min(Comparator.naturalOrder())
                .map(ranAt -> Duration.between(ranAt, clock.get()));
    }

    private static boolean isOf(final FileKind kind, final String label) {
        return label.startsWith(kind.label() + ".");
    }

    /** Files of a day whose last comparison, in whatever process, found differences. */
    static List<String> differing(final View.Reading now, final String date) {
        return noted(now).entrySet().stream()
                .filter(run -> run.getValue().date().equals(date))
                .filter(run -> run.getValue().differences() > 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Compares, so that somebody else may settle. */
    public Result compare(final ExternalFile file, final String by)
            throws IOException, InterruptedException {
        awaitCurrent();
        synchronized (this) {
            return run(file, false, by, Comparison.with(comparisons(file), by, clock.get()));
        }
    }

    /**
     * Compares, closes orders that they do not have, enters those that we do not have, and books
     * fills that we do not have against EXTERNAL.
     *
     * @param needsOther only if somebody else has compared this very file lately
     */
    public synchronized Result settle(
            final ExternalFile file, final String by, final boolean needsOther)
            throws IOException, InterruptedException {
        if (needsOther) {
            Comparison.requireOther(comparisons(file), by, file.label());
        }
        return run(file, true, by);
    }

    /** The schedule's run, which is nobody's comparison. */
    synchronized Result run(final ExternalFile file, final boolean settle, final String by)
            throws IOException, InterruptedException {
        return run(file, settle, by, comparisons(file));
    }

    private List<Comparison> comparisons(final ExternalFile file) {
        final Result before = last.get(file.label());
        return before == null || !before.checksum.equals(file.checksum())
                ? List.of()
                : Comparison.inForce(before.comparisons, clock.get());
    }

    private Result run(
            final ExternalFile file,
            final boolean settle,
            final String by,
            final List<Comparison> comparisons)
            throws IOException, InterruptedException {
        if (settle) {
            awaitCurrent();
        }
        final String ranAt = clock.get().toString();
        final Result found = view.read(now -> compare(file, ranAt, now));
        final List<String> settled = settle ? settle(file, found, by) : List.of();
        final Result result =
                new Result(
                        found.label,
                        found.date,
                        found.checksum,
                        found.ranAt,
                        found.sequence,
                        found.ours,
                        found.theirs,
                        found.differences,
                        settled,
                        comparisons);
        final var summary = ReconciliationSummary.of(result);
        final Optional<ReconciliationSummary> before =
                notes.read(KIND, result.label, ReconciliationSummary.class);
        if (before.filter(summary::isLike).isEmpty()) {
            notes.write(KIND, result.label, by, summary);
        }
        if (!result.differences.isEmpty()) {
            LOG.warn("reconciliation {}: {} differences", result.label, result.differences.size());
        }
        last.put(result.label, result);
        ran.put(result.label, summary);
        return result;
    }

    private static Result compare(
            final ExternalFile file, final String ranAt, final View.Reading now) {
        if (file.kind() == FileKind.FILLS) {
            requireAllFills(file.date(), now);
        }
        final var ours = Statement.ours(now, file.kind(), file.date());
        final var theirs = Statement.theirs(file);
        if (file.kind() == FileKind.FILLS) {
            ours.putAll(FillAdoption.adopted(file.source(), now));
        } else if (file.kind() == FileKind.ORDERS) {
            OrderAdoption.rename(ours, file.source(), now);
        }
        return new Result(
                file.label(),
                file.date().toString(),
                file.checksum(),
                ranAt,
                now.sequence(),
                ours.size(),
                theirs.size(),
                Difference.between(ours, theirs),
                List.of(),
                List.of());
    }

    /** A fill that is only forgotten here would be taken for one that we do not have. */
    private static void requireAllFills(final LocalDate date, final View.Reading now) {
        final long forgottenNs = now.trades().forgottenUpToNs();
        final long lastDay = Math.floorDiv(forgottenNs, TimeUnit.DAYS.toNanos(1));
        if (forgottenNs > 0 && date.toEpochDay() <= lastDay) {
            throw ApiProblem.of(
                    ProblemCode.CONFLICT,
                    "the fills of "
                            + date
                            + " are not all in memory any more: compare the report of that day");
        }
    }

    private List<String> settle(final ExternalFile file, final Result found, final String by)
            throws IOException, InterruptedException {
        final List<String> done = new ArrayList<>();
        final Set<String> missing = new HashSet<>();
        for (final Difference difference : found.differences) {
            if (difference.kind() == Kind.MISSING_HERE) {
                missing.add(difference.key());
            } else if (file.kind() == FileKind.ORDERS && difference.kind() == Kind.MISSING_THERE) {
                done.add(close(difference.key(), file, by));
            }
        }
        for (final ExternalFile.Row row : file.rows()) {
            if (missing.contains(row.key(file.kind())) && file.kind() == FileKind.FILLS) {
                done.add(fills.book(file.source(), row, by));
            } else if (missing.contains(row.key(file.kind())) && file.kind() == FileKind.ORDERS) {
                done.add(orders.enter(file.source(), row, by));
            }
        }
        return done;
    }

    /** They do not have the order: it ends here too. */
    private String close(final String id, final ExternalFile file, final String by)
            throws IOException, InterruptedException {
        final Optional<RiskCommands.Target> target =
                OrderId.parse(id)
                        .flatMap(order -> view.read(now -> RiskCommands.Target.find(now, order)));
        if (target.isEmpty()) {
            return id + ": ended meanwhile";
        }
        try {
            commander.send(
                    RiskCommands.cancelOrder(
                            request("order", file.source(), id), target.get(), by));
            return id + ": closed, " + file.source() + " does not have it";
        } catch (final Commander.Failure refusal) {
            return id + ": " + refusal.getMessage();
        }
    }

    static UUID request(final String what, final String source, final String id) {
        return UUID.nameUUIDFromBytes(
                (KIND + "\n" + what + "\n" + source + "\n" + id).getBytes(StandardCharsets.UTF_8));
    }
}

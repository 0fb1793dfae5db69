package io.spindle.mgmt.office;

import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.control.MemberCommands;
import io.spindle.mgmt.model.Balance;
import io.spindle.mgmt.model.Instrument;
import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.view.View;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fills that another system has and we do not: each is booked once, the other side EXTERNAL. */
final class FillAdoption {
    private static final String KIND = "external-fill";

    /** Fills whose lots are booked and whose cash was refused. */
    private static final String LOTS_KIND = "external-fill-lots";

    private final View view;
    private final Commander commander;
    private final Notes notes;

    FillAdoption(final View view, final Commander commander, final Notes notes) {
        this.view = view;
        this.commander = commander;
        this.notes = notes;
    }

    /** Fills that this source told us of and that we have booked since. */
    static Map<String, Map<String, String>> adopted(final String source, final View.Reading now) {
        final Map<String, Map<String, String>> adopted = new TreeMap<>();
        for (final Metadata entry : now.metadata().list(KIND)) {
            if (entry.key().startsWith(source + ".")) {
                final ExternalFile.Row row = Notes.content(entry, ExternalFile.Row.class);
                adopted.put(row.text("fill"), Statement.of(row, FileKind.FILLS));
            }
        }
        return adopted;
    }

    /**
     * Books one.
     *
     * @return what became of it, in a line
     */
    String book(final String source, final ExternalFile.Row row, final String by)
            throws IOException, InterruptedException {
        final String id = row.text("fill");
        final Optional<Instrument> instrument =
                view.read(now -> now.instrument(row.text("symbol")));
        if (instrument.isEmpty()) {
            return id + ": unknown symbol";
        }
        try {
            final boolean buys = row.text("side").equals("B");
            final long lots =
                    row.number("quantity")
                            .setScale(instrument.get().lotExponent())
                            .unscaledValue()
                            .longValueExact();
            final BigDecimal value = row.number("price").multiply(row.number("quantity"));
            final long amount =
                    value.setScale(Balance.DECIMALS, RoundingMode.DOWN)
                            .unscaledValue()
                            .longValueExact();
            bookLots(source, row, instrument.get(), buys ? lots : -lots);
            bookCash(source, row, instrument.get(), buys ? -amount : amount, by);
            notes.write(KIND, source + "." + id, by, row);
            return id + ": booked against EXTERNAL";
        } catch (final ArithmeticException unfit) {
            return id + ": price or quantity does not fit " + row.text("symbol");
        } catch (final Commander.Failure refusal) {
            return id + ": " + refusal.getMessage();
        }
    }

    private void bookLots(
            final String source,
            final ExternalFile.Row row,
            final Instrument instrument,
            final long lots)
            throws IOException, InterruptedException {
        final String id = row.text("fill");
        if (notes.find(LOTS_KIND, source + "." + id).isEmpty()) {
            commander.send(
                    MemberCommands.adjustHolding(
                            Reconciliation.request("fill-lots", source, id),
                            row.text("account"),
                            instrument.symbol(),
                            lots));
        }
    }

    /**
     * The engine forgets which requests it has had; where the cash is refused whenever the file is
     * settled, the lots would come once more.
     */
    private void bookCash(
            final String source,
            final ExternalFile.Row row,
            final Instrument instrument,
            final long amount,
            final String by)
            throws IOException, InterruptedException {
        final String id = row.text("fill");
        try {
            commander.send(
                    MemberCommands.adjustCash(
                            Reconciliation.request("fill-cash", source, id),
                            row.text("account"),
                            instrument.currency(),
                            amount));
        } catch (final Commander.Failure refusal) {
            final String key = source + "." + id;
            if (!refusal.isUncertain() && notes.find(LOTS_KIND, key).isEmpty()) {
                notes.write(LOTS_KIND, key, by, row);
            }
            throw refusal;
        }
    }
}

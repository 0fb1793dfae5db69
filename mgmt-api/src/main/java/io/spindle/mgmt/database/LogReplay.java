package io.spindle.mgmt.database;

import io.spindle.mgmt.database.FactQueue.Step;
import io.spindle.mgmt.model.Fact;
import io.spindle.mgmt.view.TimeTravel;
import io.spindle.mgmt.view.View;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The log once more, from its beginning, into a view that nobody else looks at: a frame at a time,
 * as the replica reads it, so that both stand at the same places. One thread.
 */
final class LogReplay implements AutoCloseable {
    private final View view;
    private final TimeTravel.Log log;
    private final List<Fact> facts = new ArrayList<>();
    private Position place;

    LogReplay(final TimeTravel past) {
        view = past.blank();
        log = past.open(view);
        view.addListener(facts::add);
    }

    /** First where it begins, then what each frame caused; nothing if the log has none for now. */
    Optional<Step> next() {
        if (place == null) {
            place = view.read(Position::of);
            return Optional.of(Step.at(place));
        }
        facts.clear();
        if (view.update(() -> log.poll(view, 1)) == 0) {
            return Optional.empty();
        }
        final long begin = place.sequence();
        place = view.read(Position::of);
        return Optional.of(new Step(begin, place, List.copyOf(facts)));
    }

    @Override
    public void close() {
        log.close();
    }
}

package io.spindle.mgmt.view;

import io.spindle.log.CommandHandler;
import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.AdjustHoldingDecoder;
import io.spindle.oms.command.BatchBeginDecoder;
import io.spindle.oms.command.BatchCommitDecoder;
import io.spindle.oms.command.DefineInstrumentDecoder;
import io.spindle.oms.command.MessageHeaderDecoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What came in: the commands of the log as people read them, the newest out of memory. Valid inside
 * the reading that it comes from.
 */
public final class Updates {
    /** Every admin command begins with its request id. */
    private static final int REQUEST_HIGH = MessageHeaderEncoder.ENCODED_LENGTH;

    private static final int REQUEST_LOW = REQUEST_HIGH + Long.BYTES;

    private final TradingEngine engine;
    private final EngineNames names;
    private final RecentCommands recent;

    Updates(final TradingEngine engine, final EngineNames names, final RecentCommands recent) {
        this.engine = engine;
        this.names = names;
        this.recent = recent;
    }

    /**
     * One command.
     *
     * @param command its name in the schema
     * @param author whom it names, else the session that it is from; null if there is neither
     * @param request id of an admin command, of a batch's row that of its commit; null of others
     *     and of one that has none
     * @param fields what it says; amounts are decimals
     */
    public record Update(
            long sequence,
            long timeNs,
            String command,
            String author,
            UUID request,
            Map<String, String> fields) {}

    /**
     * Part of the log.
     *
     * @param after sequence behind which it begins, negative if it begins with a time or anywhere
     * @param fromNs earliest log time, {@link Long#MIN_VALUE} if it begins elsewhere
     * @param upTo last sequence, and {@code toNs} the latest log time
     */
    public record Range(long after, long fromNs, long upTo, long toNs) {
        /** Whether it begins behind a place, or, if it has no beginning, ends there. */
        public boolean isBehind(final long sequence, final long timeNs) {
            return after >= 0 || fromNs != Long.MIN_VALUE
                    ? after >= sequence || fromNs > timeNs
                    : upTo > sequence && toNs > timeNs;
        }

        boolean hasBegun(final long sequence, final long timeNs) {
            return sequence > after && timeNs >= fromNs;
        }

        boolean includes(final long sequence, final long timeNs) {
            return hasBegun(sequence, timeNs) && !isOver(sequence, timeNs);
        }

        boolean isOver(final long sequence, final long timeNs) {
            return sequence > upTo || timeNs > toNs;
        }
    }

    /** The sequence up to which commands are not in memory. */
    public long forgotten() {
        return recent.forgotten(engine.sequence());
    }

    /**
     * Commands of a range, oldest first; nothing if some of it is not in memory. One without a
     * beginning begins with what is, unless it ends before that.
     */
    public Optional<List<Copy>> find(final Range range, final int limit) {
        if (!range.isBehind(forgotten(), recent.forgottenNs())) {
            return Optional.empty();
        }
        final Search search = new Search(range, limit, true);
        for (final RecentCommands.Kept one : recent.kept()) {
            if (search.isOver()) {
                break;
            }
            if (range.hasBegun(one.sequence(), one.timeNs())) {
                search.take(one);
            }
        }
        return Optional.of(search.found());
    }

    private static int templateId(final DirectBuffer buffer, final int offset) {
        return new MessageHeaderDecoder().wrap(buffer, offset).templateId();
    }

    /** What a command of the log says, by the names that are known now. */
    public Update read(final Copy command) {
        final DirectBuffer buffer = new UnsafeBuffer(command.bytes());
        final int templateId = templateId(buffer, 0);
        final Map<String, String> fields = CommandText.fields(engine, names, buffer, 0);
        final UUID request = request(templateId, buffer, 0);
        return new Update(
                command.sequence(),
                command.timeNs(),
                CommandNames.of(templateId),
                isAdmin(templateId) ? fields.get(CommandText.BY) : fields.get(CommandText.SESSION),
                request == null ? command.batch() : request,
                fields);
    }

    /**
     * A command as it is in the log.
     *
     * @param batch request id of the batch that it is a row of, null if it is none
     */
    public record Copy(long sequence, long timeNs, byte[] bytes, UUID batch) {
        private Copy in(final UUID request) {
            return new Copy(sequence, timeNs, bytes, request);
        }
    }

    /**
     * Takes commands in the order of the log and copies those of a range that ask for something:
     * the loop's own do not. Goes on behind the last to the end of the batch that it is a row of.
     */
    public static final class Search implements CommandHandler {
        private final Range range;
        private final int limit;
        private final List<Copy> found = new ArrayList<>();

        /** Places of the rows of a batch that has not ended yet. */
        private final List<Integer> rows = new ArrayList<>();

        private boolean mayBeInBatch;
        private boolean isFull;

        /**
         * @param mayBeInBatch whether a batch may have begun before the first command
         */
        public Search(final Range range, final int limit, final boolean mayBeInBatch) {
            this.range = range;
            this.limit = limit;
            this.mayBeInBatch = mayBeInBatch;
        }

        public boolean isOver() {
            return isFull && rows.isEmpty();
        }

        public List<Copy> found() {
            return found;
        }

        private void take(final RecentCommands.Kept one) {
            final byte[] bytes = one.bytes();
            onCommand(one.sequence(), one.timeNs(), new UnsafeBuffer(bytes), 0, bytes.length);
        }

        @Override
        public void onCommand(
                final long sequence,
                final long timeNs,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            final int templateId = templateId(buffer, offset);
            final UUID request = request(templateId, buffer, offset);
            endBatch(templateId, request);
            isFull = isFull || found.size() == limit || range.isOver(sequence, timeNs);
            if (isFull || !range.includes(sequence, timeNs) || !CommandNames.isUpdate(templateId)) {
                return;
            }
            if (mayBeInBatch && request == null && isRow(templateId)) {
                rows.add(found.size());
            }
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            found.add(new Copy(sequence, timeNs, bytes, null));
        }

        /** What was not committed before the next one begins belongs to none. */
        private void endBatch(final int templateId, final UUID request) {
            if (templateId == BatchCommitDecoder.TEMPLATE_ID) {
                rows.forEach(row -> found.set(row, found.get(row).in(request)));
            } else if (templateId != BatchBeginDecoder.TEMPLATE_ID) {
                return;
            }
            rows.clear();
            mayBeInBatch = templateId == BatchBeginDecoder.TEMPLATE_ID;
        }

        /** What the engine takes for a row once a batch has begun, and the beginning itself. */
        private static boolean isRow(final int templateId) {
            return templateId == BatchBeginDecoder.TEMPLATE_ID
                    || templateId >= DefineInstrumentDecoder.TEMPLATE_ID
                            && templateId <= AdjustHoldingDecoder.TEMPLATE_ID;
        }
    }

    private static boolean isAdmin(final int templateId) {
        return templateId >= BatchBeginDecoder.TEMPLATE_ID;
    }

    private static UUID request(final int templateId, final DirectBuffer buffer, final int offset) {
        if (!isAdmin(templateId)) {
            return null;
        }
        final UUID request =
                new UUID(
                        buffer.getLong(offset + REQUEST_HIGH, ByteOrder.LITTLE_ENDIAN),
                        buffer.getLong(offset + REQUEST_LOW, ByteOrder.LITTLE_ENDIAN));
        return request.equals(new UUID(0, 0)) ? null : request;
    }
}

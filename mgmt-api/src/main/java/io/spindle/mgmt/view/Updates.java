package io.spindle.mgmt.view;

import io.spindle.oms.TradingEngine;
import io.spindle.oms.command.BatchBeginDecoder;
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
     * @param request id of an admin command, null of others and of one that has none
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
        public boolean hasBeginning() {
            return after >= 0 || fromNs != Long.MIN_VALUE;
        }

        /** Whether nothing of it lies at or before a place. */
        public boolean isBehind(final long sequence, final long timeNs) {
            return after >= sequence || fromNs > timeNs;
        }

        public boolean includes(final long sequence, final long timeNs) {
            return sequence > after && timeNs >= fromNs && !isOver(sequence, timeNs);
        }

        public boolean isOver(final long sequence, final long timeNs) {
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
    public Optional<List<Update>> find(final Range range, final int limit) {
        final long forgotten = forgotten();
        final boolean isKept =
                range.hasBeginning()
                        ? range.isBehind(forgotten, recent.forgottenNs())
                        : range.upTo > forgotten && range.toNs > recent.forgottenNs();
        if (!isKept) {
            return Optional.empty();
        }
        final List<Update> found = new ArrayList<>();
        for (final RecentCommands.Kept one : recent.kept()) {
            if (found.size() == limit || range.isOver(one.sequence(), one.timeNs())) {
                break;
            }
            if (range.includes(one.sequence(), one.timeNs())) {
                found.add(read(one.sequence(), one.timeNs(), new UnsafeBuffer(one.bytes()), 0));
            }
        }
        return Optional.of(found);
    }

    /** Whether a command asks for something: the loop's own do not. */
    public static boolean isOne(final DirectBuffer buffer, final int offset) {
        return CommandNames.isUpdate(templateId(buffer, offset));
    }

    private static int templateId(final DirectBuffer buffer, final int offset) {
        return new MessageHeaderDecoder().wrap(buffer, offset).templateId();
    }

    /** A command of the log, by the names that are known now. */
    public Update read(
            final long sequence, final long timeNs, final DirectBuffer buffer, final int offset) {
        final int templateId = templateId(buffer, offset);
        final Map<String, String> fields = CommandText.fields(engine, names, buffer, offset);
        return new Update(
                sequence,
                timeNs,
                CommandNames.of(templateId),
                isAdmin(templateId) ? fields.get(CommandText.BY) : fields.get(CommandText.SESSION),
                request(templateId, buffer, offset),
                fields);
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

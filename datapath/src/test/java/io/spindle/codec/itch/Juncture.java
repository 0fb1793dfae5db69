package io.spindle.codec.itch;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50Listener;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50Parser;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Reads messages with juncture, a decoder that knows nothing of ours, and says what it saw. */
final class Juncture {
    private Juncture() {}

    /**
     * For example {@code OrderDelete[orderReferenceNumber=7]}; the header's fields are left out.
     */
    static String read(final DirectBuffer buffer, final int length) {
        final StringBuilder seen = new StringBuilder();
        final InvocationHandler record =
                (proxy, method, arguments) -> {
                    seen.append(describe(arguments[0]));
                    return null;
                };
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        try {
            new ITCH50Parser(
                            (ITCH50Listener)
                                    Proxy.newProxyInstance(
                                            Juncture.class.getClassLoader(),
                                            new Class<?>[] {ITCH50Listener.class},
                                            record))
                    .message(ByteBuffer.wrap(bytes));
        } catch (final IOException e) {
            throw new AssertionError("juncture refused the message", e);
        }
        return seen.toString();
    }

    /** All messages of a ring from this sequence on. */
    static List<String> readFrom(final MessageRing ring, final long first) {
        final List<String> messages = new ArrayList<>();
        for (long sequence = first; sequence < ring.nextSequence(); sequence++) {
            final int block = ring.offset(sequence);
            final int length = MoldPacket.blockLength(ring.buffer(), block);
            final int message = block + MoldPacket.BLOCK_HEADER_LENGTH;
            messages.add(read(new UnsafeBuffer(ring.buffer(), message, length), length));
        }
        return messages;
    }

    private static String describe(final Object message) throws IllegalAccessException {
        final StringJoiner fields =
                new StringJoiner(", ", message.getClass().getSimpleName() + "[", "]");
        for (final Field field : message.getClass().getFields()) {
            final String name = field.getName();
            switch (name) {
                case "stockLocate",
                        "locateCode",
                        "trackingNumber",
                        "timestampHigh",
                        "timestampLow" -> {}
                case "stock", "mpid", "attribution", "reason", "issueSubType" ->
                        fields.add(name + "=" + text(field.get(message)));
                default -> fields.add(name + "=" + value(field.get(message)));
            }
        }
        return fields.toString();
    }

    private static Object value(final Object value) {
        return value instanceof Byte character ? (char) (byte) character : value;
    }

    private static String text(final Object packed) {
        final ByteBuffer bytes = ByteBuffer.allocate(8);
        switch (packed) {
            case Long eight -> bytes.putLong(eight);
            case Integer four -> bytes.putInt(four);
            case Short two -> bytes.putShort(two);
            default -> throw new IllegalArgumentException("not packed text: " + packed);
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    }
}

package io.spindle.codec.ouch;

import io.spindle.codec.ouch.wire.ClOrdIdDecoder;
import io.spindle.codec.ouch.wire.ClOrdIdEncoder;
import io.spindle.oms.Ascii;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Encodes and decodes any message by field name, through the public codecs. */
final class MessageFields {
    private static final String WIRE = "io.spindle.codec.ouch.wire.";

    private MessageFields() {}

    /** Bytes of a message with these fields, in the order given. */
    static byte[] encode(final String message, final Map<String, Object> fields) throws Exception {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final Object encoder = make(message + "Encoder");
        encoder.getClass()
                .getMethod("wrap", MutableDirectBuffer.class, int.class)
                .invoke(encoder, buffer, 0);
        for (final Map.Entry<String, Object> field : fields.entrySet()) {
            put(encoder, field.getKey(), field.getValue());
        }
        final int length = (int) encoder.getClass().getMethod("encodedLength").invoke(encoder);
        return Arrays.copyOf(buffer.byteArray(), length);
    }

    private static void put(final Object encoder, final String name, final Object value)
            throws Exception {
        if (name.equals("clOrdId")) {
            final Object composite = encoder.getClass().getMethod(name).invoke(encoder);
            final String text = (String) value;
            ClOrdId.put((ClOrdIdEncoder) composite, Ascii.pack(text), Ascii.pack(text, Long.BYTES));
        } else if (name.equals("appendage")) {
            final byte[] elements = (byte[]) value;
            encoder.getClass()
                    .getMethod("putAppendage", byte[].class, int.class, int.class)
                    .invoke(encoder, elements, 0, elements.length);
        } else {
            final Method setter = setter(encoder.getClass(), name);
            setter.invoke(encoder, boxed(setter.getParameterTypes()[0], (long) value));
        }
    }

    /** The fields of a message, by the names of {@code like}. */
    static Map<String, Object> decode(
            final String message, final byte[] bytes, final Iterable<String> names)
            throws Exception {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final Object decoder = make(message + "Decoder");
        final int block = decoder.getClass().getField("BLOCK_LENGTH").getInt(null);
        decoder.getClass()
                .getMethod("wrap", DirectBuffer.class, int.class, int.class, int.class)
                .invoke(decoder, buffer, 0, block, 0);
        final Map<String, Object> fields = new LinkedHashMap<>();
        for (final String name : names) {
            fields.put(name, get(decoder, name));
        }
        return fields;
    }

    private static Object get(final Object decoder, final String name) throws Exception {
        if (name.equals("clOrdId")) {
            final var composite =
                    (ClOrdIdDecoder) decoder.getClass().getMethod(name).invoke(decoder);
            return Ascii.unpack(ClOrdId.high(composite), ClOrdId.low(composite));
        }
        if (name.equals("appendage")) {
            final int length =
                    (int) decoder.getClass().getMethod("appendageLength").invoke(decoder);
            final byte[] elements = new byte[length];
            decoder.getClass()
                    .getMethod("getAppendage", byte[].class, int.class, int.class)
                    .invoke(decoder, elements, 0, length);
            return HexFormat.of().formatHex(elements);
        }
        return ((Number) decoder.getClass().getMethod(name).invoke(decoder)).longValue();
    }

    /** Bits of an integer field: its parameter type bounds it, unsigned ones are one size up. */
    static Class<?> type(final String message, final String name) throws Exception {
        return setter(Class.forName(WIRE + message + "Encoder"), name).getParameterTypes()[0];
    }

    private static Method setter(final Class<?> encoder, final String name) {
        return Arrays.stream(encoder.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
                .findFirst()
                .orElseThrow(() -> new AssertionError(encoder + " has no " + name));
    }

    private static Object boxed(final Class<?> type, final long value) {
        if (type == byte.class) {
            return (byte) value;
        }
        if (type == short.class) {
            return (short) value;
        }
        return type == int.class ? (Object) (int) value : (Object) value;
    }

    private static Object make(final String name) throws Exception {
        return Class.forName(WIRE + name).getConstructor().newInstance();
    }
}

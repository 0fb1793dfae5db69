package io.spindle.nic;

/** IPv4 addresses as ints in host order: 127.0.0.1 is {@code 0x7F000001}. */
@Cold
public final class Ipv4 {
    private Ipv4() {}

    /**
     * @throws IllegalArgumentException when the text is not four decimal bytes
     */
    public static int parse(final String text) {
        final String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not an IPv4 address: " + text);
        }
        int address = 0;
        for (final String part : parts) {
            if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                throw new IllegalArgumentException("not an IPv4 address: " + text);
            }
            address = address << 8 | Integer.parseInt(part);
        }
        return address;
    }

    public static String text(final int address) {
        return (address >>> 24)
                + "."
                + (address >>> 16 & 0xFF)
                + "."
                + (address >>> 8 & 0xFF)
                + "."
                + (address & 0xFF);
    }
}

package io.spindle.mgmt.control;

import io.spindle.oms.Ascii;

import java.util.Locale;

/**
 * Whom a control is about: everybody, a firm, an account or a session.
 *
 * @param name empty for the whole system
 */
public record Scope(Kind kind, String name) {
    /** The letters are the command schema's. */
    public enum Kind {
        SYSTEM('Y'),
        FIRM('F'),
        ACCOUNT('A'),
        SESSION('S');

        final byte letter;

        Kind(final char letter) {
            this.letter = (byte) letter;
        }

        public char letter() {
            return (char) letter;
        }
    }

    /** The kind, as the API names it. */
    public String label() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    int firm() {
        return kind == Kind.FIRM ? Ascii.packInt(name) : 0;
    }

    long accountHigh() {
        return kind == Kind.ACCOUNT ? Ascii.pack(name) : Ascii.BLANK;
    }

    long accountLow() {
        return kind == Kind.ACCOUNT ? Ascii.pack(name, Long.BYTES) : Ascii.BLANK;
    }

    long username() {
        return kind == Kind.SESSION ? Ascii.pack(name) : Ascii.BLANK;
    }
}

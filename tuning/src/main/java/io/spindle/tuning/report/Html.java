package io.spindle.tuning.report;

/** Text on an HTML page. */
public final class Html {
    private Html() {}

    /** For between tags and for attributes in double quotes. */
    public static String escape(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

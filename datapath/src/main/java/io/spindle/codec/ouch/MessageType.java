package io.spindle.codec.ouch;

/** First byte of an OUCH message. The same letter means different things in each direction. */
public final class MessageType {
    /* Client to server. */
    public static final byte ENTER = 'O';
    public static final byte REPLACE = 'U';
    public static final byte CANCEL = 'X';
    public static final byte MODIFY = 'M';
    public static final byte MASS_CANCEL = 'C';
    public static final byte DISABLE_ENTRY = 'D';
    public static final byte ENABLE_ENTRY = 'E';
    public static final byte QUERY = 'Q';

    /* Server to client. */
    public static final byte SYSTEM_EVENT = 'S';
    public static final byte ACCEPTED = 'A';
    public static final byte REPLACED = 'U';
    public static final byte CANCELED = 'C';
    public static final byte AIQ_CANCELED = 'D';
    public static final byte EXECUTED = 'E';
    public static final byte BROKEN_TRADE = 'B';
    public static final byte REJECTED = 'J';
    public static final byte CANCEL_PENDING = 'P';
    public static final byte CANCEL_REJECT = 'I';
    public static final byte PRIORITY_UPDATE = 'T';
    public static final byte MODIFIED = 'M';
    public static final byte RESTATED = 'R';
    public static final byte MASS_CANCEL_ACK = 'X';
    public static final byte DISABLE_ACK = 'G';
    public static final byte ENABLE_ACK = 'K';
    public static final byte QUERY_ANSWER = 'Q';
    public static final byte NOT_APPLIED = 'N';

    private MessageType() {}
}

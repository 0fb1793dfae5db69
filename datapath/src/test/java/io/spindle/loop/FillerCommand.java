package io.spindle.loop;

import io.spindle.oms.command.AccountQueryEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;

import org.agrona.concurrent.UnsafeBuffer;

/** Small commands that fill a log. */
final class FillerCommand {
    static final int LENGTH =
            MessageHeaderEncoder.ENCODED_LENGTH + AccountQueryEncoder.BLOCK_LENGTH;

    private FillerCommand() {}

    static UnsafeBuffer query(final int session) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);
        new AccountQueryEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .session(session)
                .userRefIdx((short) 0);
        return buffer;
    }
}

package io.spindle.mgmt.model;

import java.util.UUID;

/**
 * The engine's answer to an admin command.
 *
 * @param command the command's name in the schema
 * @param code {@code NONE} = done, else the reject code's name
 */
public record AdminAnswer(UUID request, String command, String code, long sequence, long timeNs)
        implements Fact {}

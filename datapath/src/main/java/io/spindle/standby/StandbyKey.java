package io.spindle.standby;

import io.spindle.log.DataFolder;
import io.spindle.log.DurableFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of a primary and its standby, {@code DATA/standby.key} in the folder of each: 32 bytes
 * in hexadecimal, readable by the owner alone. Whoever has it may act as either of them.
 *
 * <p>Sealing and judging messages is for one thread.
 */
public final class StandbyKey {
    /** Bytes of a tag. */
    public static final int TAG_LENGTH = 32;

    private static final int KEY_LENGTH = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final SecretKeySpec secret;
    private final Mac mac;

    StandbyKey(final byte[] bytes) {
        secret = new SecretKeySpec(bytes, ALGORITHM);
        mac = newMac();
    }

    private Mac newMac() {
        try {
            final Mac fresh = Mac.getInstance(ALGORITHM);
            fresh.init(secret);
            return fresh;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * The key of this folder.
     *
     * @throws IllegalStateException if there is none, or not such a one, or others may read it
     */
    public static StandbyKey of(final DataFolder folder) throws IOException {
        final Path file = folder.standbyKey();
        if (!Files.exists(file)) {
            throw new IllegalStateException(
                    file + " is missing: copy the primary's there, with mode 0600");
        }
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IllegalStateException(file + " can be read by others: chmod 600 " + file);
        }
        final String text = Files.readString(file).strip();
        if (text.length() != 2 * KEY_LENGTH || !text.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalStateException(
                    file + " does not hold " + 2 * KEY_LENGTH + " hexadecimal digits");
        }
        return new StandbyKey(HexFormat.of().parseHex(text));
    }

    /** The key of a primary's folder, made when it is wanted first. */
    public static StandbyKey made(final DataFolder folder) throws IOException {
        if (!Files.exists(folder.standbyKey())) {
            final byte[] drawn = new byte[KEY_LENGTH];
            new SecureRandom().nextBytes(drawn);
            DurableFile.write(
                    folder.standbyKey(),
                    (HexFormat.of().formatHex(drawn) + "\n").getBytes(StandardCharsets.US_ASCII),
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        return of(folder);
    }

    /** Writes the tag of all before the position there. */
    void seal(final ByteBuffer buffer) {
        buffer.put(tag(buffer, buffer.position()));
    }

    /** Whether a buffer of this length, from 0 on, ends with the tag of all before. */
    boolean isSealed(final ByteBuffer buffer, final int length) {
        final byte[] said = new byte[TAG_LENGTH];
        buffer.get(length - TAG_LENGTH, said);
        return MessageDigest.isEqual(said, tag(buffer, length - TAG_LENGTH));
    }

    private byte[] tag(final ByteBuffer buffer, final int length) {
        mac.update(buffer.duplicate().position(0).limit(length));
        return mac.doFinal();
    }

    /** The tag of these bytes; may be asked for by any thread. */
    public byte[] tag(final byte[] bytes) {
        return newMac().doFinal(bytes);
    }
}

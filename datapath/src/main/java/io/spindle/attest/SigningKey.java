package io.spindle.attest;

import io.spindle.log.DurableFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** The appliance's Ed25519 key: made once, kept where only its owner reads it. */
final class SigningKey {
    /** Beside the attestations; what a verifier needs. */
    static final String PUBLIC_FILE = "attest.pub";

    private static final String PRIVATE_FILE = "attest.key";
    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey key;

    private SigningKey(final PrivateKey key) {
        this.key = key;
    }

    /** The folder's key; a new one if it has none. */
    static SigningKey in(final Path folder) throws IOException {
        final Path file = folder.resolve(PRIVATE_FILE);
        try {
            if (!Files.exists(file)) {
                create(folder, file);
            }
            final byte[] encoded = Base64.getMimeDecoder().decode(Files.readString(file));
            return new SigningKey(
                    KeyFactory.getInstance(ALGORITHM)
                            .generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (final GeneralSecurityException | IllegalArgumentException broken) {
            throw new IOException(file + " holds no " + ALGORITHM + " key", broken);
        }
    }

    /** The private half last, and whole: a file of that name is a key. */
    private static void create(final Path folder, final Path file)
            throws IOException, GeneralSecurityException {
        final KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        Files.writeString(folder.resolve(PUBLIC_FILE), text(pair.getPublic().getEncoded()));
        DurableFile.write(
                file,
                text(pair.getPrivate().getEncoded()).getBytes(StandardCharsets.US_ASCII),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static String text(final byte[] encoded) {
        return Base64.getEncoder().encodeToString(encoded) + '\n';
    }

    /** Signature over a link of the chain, hex. */
    String sign(final String link) {
        try {
            final Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(HexFormat.of().parseHex(link));
            return HexFormat.of().formatHex(signature.sign());
        } catch (final GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static PublicKey readPublic(final Path file) throws IOException {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(
                            new X509EncodedKeySpec(
                                    Base64.getMimeDecoder().decode(Files.readString(file))));
        } catch (final GeneralSecurityException | IllegalArgumentException broken) {
            throw new IOException(file + " holds no " + ALGORITHM + " public key", broken);
        }
    }

    /** Whether the owner of the key signed this link; false for text that is no signature. */
    static boolean isSigned(final PublicKey key, final String link, final String signature) {
        try {
            final Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(HexFormat.of().parseHex(link));
            return check.verify(HexFormat.of().parseHex(signature));
        } catch (final GeneralSecurityException | IllegalArgumentException forged) {
            return false;
        }
    }
}

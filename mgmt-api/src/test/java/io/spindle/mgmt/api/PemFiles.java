package io.spindle.mgmt.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Takes a key and its certificate out of a key store, as an operator's tools would give them. */
final class PemFiles {
    private PemFiles() {}

    static void write(
            final Path store,
            final String password,
            final String alias,
            final Path certificate,
            final Path key)
            throws IOException {
        try (InputStream stream = Files.newInputStream(store)) {
            final KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(stream, password.toCharArray());
            Files.writeString(
                    certificate, pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
            Files.createFile(
                    key,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    key,
                    pem("PRIVATE KEY", keys.getKey(alias, password.toCharArray()).getEncoded()));
        } catch (final GeneralSecurityException failure) {
            throw new IOException(failure);
        }
    }

    private static String pem(final String label, final byte[] encoded) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(encoded), label);
    }
}

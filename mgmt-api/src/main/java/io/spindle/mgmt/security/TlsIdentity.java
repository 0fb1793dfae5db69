package io.spindle.mgmt.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server shows to TLS clients, a certificate chain and its key, and whom it lets in, all
 * from PEM files.
 */
public final class TlsIdentity {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

    private final KeyStore store;
    private final KeyStore clients;

    private TlsIdentity(final KeyStore store, final KeyStore clients) {
        this.store = store;
        this.clients = clients;
    }

    /**
     * Reads both files.
     *
     * @param chain certificates, ours first
     * @param key PKCS #8, not encrypted, readable by its owner only
     * @throws IOException if they cannot be read or do not belong together
     */
    public static TlsIdentity read(final Path chain, final Path key) throws IOException {
        SecretFile.check(key);
        try {
            final Certificate[] certificates = certificates(chain);
            final PrivateKey secret = key(key);
            requirePair(chain, (X509Certificate) certificates[0], secret);
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("spindle", secret, new char[0], certificates);
            return new TlsIdentity(store, null);
        } catch (final GeneralSecurityException | IllegalArgumentException wrong) {
            throw new IOException(chain + ", " + key + ": " + wrong.getMessage(), wrong);
        }
    }

    /**
     * The same, for clients only that show a certificate.
     *
     * @param authorities certificates from which those of clients come; our own is good for the
     *     command line on this machine, which has its key
     */
    public TlsIdentity forClientsOf(final Path authorities) throws IOException {
        try {
            final KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("spindle", store.getCertificate("spindle"));
            int number = 0;
            for (final Certificate authority : certificates(authorities)) {
                trusted.setCertificateEntry("clients-" + number++, authority);
            }
            return new TlsIdentity(store, trusted);
        } catch (final GeneralSecurityException wrong) {
            throw new IOException(authorities + ": " + wrong.getMessage(), wrong);
        }
    }

    /** From whom clients' certificates have to come, or null if they need none. */
    public KeyStore clients() {
        return clients;
    }

    /** The key's password is empty. */
    public KeyStore store() {
        return store;
    }

    private static Certificate[] certificates(final Path chain)
            throws IOException, GeneralSecurityException {
        final Collection<? extends Certificate> found =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(chain)));
        if (found.isEmpty()) {
            throw new IOException(chain + ": no certificate");
        }
        return found.toArray(Certificate[]::new);
    }

    private static PrivateKey key(final Path file) throws IOException, GeneralSecurityException {
        final Matcher pem = PKCS8.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IOException(file + ": no PKCS #8 private key in PEM");
        }
        final var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (final String algorithm : List.of("EC", "RSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (final InvalidKeySpecException another) {
                continue;
            }
        }
        throw new IOException(file + ": neither an EC nor an RSA key");
    }

    private static void requirePair(
            final Path chain, final X509Certificate certificate, final PrivateKey key)
            throws IOException, GeneralSecurityException {
        final String algorithm =
                key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        final byte[] probe = chain.toString().getBytes(StandardCharsets.UTF_8);
        final Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(probe);
        final byte[] signature = signing.sign();
        final Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(certificate.getPublicKey());
        checking.update(probe);
        if (!checking.verify(signature)) {
            throw new IOException(chain + ": the key is another certificate's");
        }
    }
}

package io.spindle.mgmt.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts exactly one certificate, whatever name it bears: that of our own server, whose file is at
 * hand.
 */
public final class PinnedCertificate extends X509ExtendedTrustManager {
    private final Certificate certificate;

    private PinnedCertificate(final Certificate certificate) {
        this.certificate = certificate;
    }

    /** A client's side of TLS with the server whose chain is in this PEM file. */
    public static SSLContext context(final Path server) throws IOException {
        return context(server, (KeyManager[]) null);
    }

    /**
     * The same for a server that asks for a certificate.
     *
     * @param chain what the client shows, as PEM
     * @param key its key
     */
    public static SSLContext context(final Path server, final Path chain, final Path key)
            throws IOException {
        try {
            final KeyManagerFactory factory =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(TlsIdentity.read(chain, key).store(), new char[0]);
            return context(server, factory.getKeyManagers());
        } catch (final GeneralSecurityException wrong) {
            throw new IOException(chain + ": " + wrong.getMessage(), wrong);
        }
    }

    private static SSLContext context(final Path server, final KeyManager[] shown)
            throws IOException {
        try (InputStream stream = Files.newInputStream(server)) {
            final Certificate certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(stream);
            final SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(shown, new TrustManager[] {new PinnedCertificate(certificate)}, null);
            return context;
        } catch (final GeneralSecurityException wrong) {
            throw new IOException(server + ": " + wrong.getMessage(), wrong);
        }
    }

    private void check(final X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !chain[0].equals(certificate)) {
            throw new CertificateException("not the pinned certificate");
        }
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String type)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(
            final X509Certificate[] chain, final String type, final Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(
            final X509Certificate[] chain, final String type, final SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String type)
            throws CertificateException {
        throw new CertificateException("for clients only");
    }

    @Override
    public void checkClientTrusted(
            final X509Certificate[] chain, final String type, final Socket socket)
            throws CertificateException {
        throw new CertificateException("for clients only");
    }

    @Override
    public void checkClientTrusted(
            final X509Certificate[] chain, final String type, final SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("for clients only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

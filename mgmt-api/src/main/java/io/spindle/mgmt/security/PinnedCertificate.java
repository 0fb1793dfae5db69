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
    public static SSLContext context(final Path chain) throws IOException {
        try (InputStream stream = Files.newInputStream(chain)) {
            final Certificate certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(stream);
            final SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new PinnedCertificate(certificate)}, null);
            return context;
        } catch (final GeneralSecurityException wrong) {
            throw new IOException(chain + ": " + wrong.getMessage(), wrong);
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

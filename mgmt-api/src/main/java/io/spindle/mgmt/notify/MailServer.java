package io.spindle.mgmt.notify;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import io.spindle.mgmt.api.Json;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The SMTP server that takes our mail, from {@code DATA/smtp.json}.
 *
 * @param from the sender's address
 * @param user empty or absent: without logging in
 * @param startTls true to demand an encrypted connection
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MailServer(
        String host, int port, String from, String user, String password, Boolean startTls) {
    private static final String PATIENCE_MS = "10000";

    /**
     * Reads the file; must be readable by its owner only, as it may hold a password.
     *
     * @throws IOException if it cannot be used, saying which field is missing
     */
    static MailServer read(final Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("no " + file.getFileName() + ": nobody to give mail to");
        }
        for (final var permission : Files.getPosixFilePermissions(file)) {
            if (!permission.name().startsWith("OWNER_")) {
                throw new IOException(file + " can be read by others; chmod 600 it");
            }
        }
        final MailServer server = Json.MAPPER.readValue(Files.readAllBytes(file), MailServer.class);
        demand(file, "host", server.host);
        demand(file, "from", server.from);
        return server;
    }

    private static void demand(final Path file, final String field, final String value)
            throws IOException {
        if (value == null || value.isBlank()) {
            throw new IOException(file.getFileName() + " has no " + field);
        }
    }

    /** Hands over one mail. */
    void send(final String to, final String subject, final String text) throws IOException {
        final Properties settings = new Properties();
        settings.put("mail.smtp.host", host);
        settings.put("mail.smtp.port", Integer.toString(port));
        settings.put("mail.smtp.connectiontimeout", PATIENCE_MS);
        settings.put("mail.smtp.timeout", PATIENCE_MS);
        settings.put("mail.smtp.writetimeout", PATIENCE_MS);
        settings.put("mail.smtp.auth", Boolean.toString(hasUser()));
        settings.put("mail.smtp.starttls.enable", Boolean.toString(isEncrypted()));
        settings.put("mail.smtp.starttls.required", Boolean.toString(isEncrypted()));
        settings.put("mail.smtp.ssl.checkserveridentity", "true");
        try {
            final MimeMessage mail = new MimeMessage(Session.getInstance(settings, login()));
            mail.setFrom(new InternetAddress(from, true));
            mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
            mail.setSubject(subject, StandardCharsets.UTF_8.name());
            mail.setText(text, StandardCharsets.UTF_8.name());
            Transport.send(mail);
        } catch (final MessagingException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private boolean hasUser() {
        return user != null && !user.isEmpty();
    }

    private boolean isEncrypted() {
        return Boolean.TRUE.equals(startTls);
    }

    private Authenticator login() {
        return hasUser()
                ? new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication(user, password);
                    }
                }
                : null;
    }
}

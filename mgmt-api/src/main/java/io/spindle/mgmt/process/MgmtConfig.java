package io.spindle.mgmt.process;

import io.spindle.mgmt.api.ApiEndpoint;
import io.spindle.mgmt.security.Authenticator;

/**
 * What makes one management process differ from another.
 *
 * @param tokens who else may call, besides the holders of keys
 * @param databaseUrl where history goes, or null for SQLite in the data folder
 */
public record MgmtConfig(ApiEndpoint endpoint, Authenticator tokens, String databaseUrl) {
    /** Plain HTTP, keys only, SQLite. */
    public static MgmtConfig plain(final String host, final int port) {
        return new MgmtConfig(ApiEndpoint.plain(host, port), Authenticator.NOBODY, null);
    }

    boolean hasTokens() {
        return tokens != Authenticator.NOBODY;
    }
}

package io.spindle.mgmt.testing;

import io.spindle.mgmt.api.Api;
import io.spindle.mgmt.api.ApiContext;
import io.spindle.mgmt.api.ApiEndpoint;
import io.spindle.mgmt.api.ApiServer;
import io.spindle.mgmt.security.ApiKeys;
import io.spindle.mgmt.security.Authenticator;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;

import java.util.Set;

/** The API over HTTP on a market in memory, with a key for everybody: the role's name. */
public final class ApiOnMarket implements AutoCloseable {
    public final Market market;
    private final ApiServer server;

    public ApiOnMarket() {
        this(new Market());
    }

    private ApiOnMarket(final Market market) {
        this(market, market.context());
    }

    /** On what the market gives to stand on, or more. */
    public ApiOnMarket(final Market market, final ApiContext context) {
        this(market, context, ApiEndpoint.plain("127.0.0.1", 0), Authenticator.NOBODY);
    }

    /** Served as told, and open to whom the tokens know, too. */
    public ApiOnMarket(final ApiEndpoint endpoint, final Authenticator tokens) {
        this(new Market(), endpoint, tokens);
    }

    private ApiOnMarket(
            final Market market, final ApiEndpoint endpoint, final Authenticator tokens) {
        this(market, market.context(), endpoint, tokens);
    }

    private ApiOnMarket(
            final Market market,
            final ApiContext context,
            final ApiEndpoint endpoint,
            final Authenticator tokens) {
        this.market = market;
        final ApiKeys keys = new ApiKeys();
        for (final Role role : Role.all()) {
            keys.add(role.name(), new Principal(role.name(), Set.of(role), Set.of()));
        }
        keys.add("foe", new Principal("foe", Set.of(Role.VIEWER), Set.of("FOES")));
        server = ApiServer.start(endpoint, keys.or(context.keys()).or(tokens), new Api(context));
    }

    public int port() {
        return server.port();
    }

    public Call as(final Role role) {
        return as(role.name());
    }

    public Call as(final String key) {
        return new Call(server.port()).as(key);
    }

    @Override
    public void close() {
        server.close();
    }
}

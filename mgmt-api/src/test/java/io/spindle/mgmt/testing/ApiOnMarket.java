package io.spindle.mgmt.testing;

import io.spindle.mgmt.api.Api;
import io.spindle.mgmt.api.ApiServer;
import io.spindle.mgmt.security.ApiKeys;
import io.spindle.mgmt.security.Principal;
import io.spindle.mgmt.security.Role;

import java.util.List;
import java.util.Set;

/** The API over HTTP on a market in memory, with a key for everybody: the role's name. */
public final class ApiOnMarket implements AutoCloseable {
    public final Market market = new Market();
    private final ApiServer server;

    public ApiOnMarket() {
        final ApiKeys keys = new ApiKeys();
        for (final Role role : Role.readers()) {
            keys.add(role.name(), new Principal(role.name(), Set.of(role), Set.of()));
        }
        keys.add("foe", new Principal("foe", Set.of(Role.VIEWER), Set.of("FOES")));
        server =
                ApiServer.start(
                        "127.0.0.1",
                        0,
                        keys,
                        new Api(
                                market.view,
                                market.past,
                                market.events,
                                market.log,
                                List::of,
                                () -> ""));
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

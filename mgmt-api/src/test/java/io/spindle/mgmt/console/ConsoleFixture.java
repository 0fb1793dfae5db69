package io.spindle.mgmt.console;

import io.spindle.mgmt.api.ApiContext;
import io.spindle.mgmt.api.HealthApi;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Browser;
import io.spindle.mgmt.testing.Market;
import io.spindle.mgmt.testing.Tools;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** A console on a market in memory with 24 open orders, and a browser to look at it. */
abstract class ConsoleFixture {
    static Browser browser;

    final Market market = new Market(nowNs());
    final ApiContext context =
            market.context(
                    () -> List.of(new HealthApi.Check("order port", true, "open")),
                    () -> "spindle_orders_open 24\nspindle_replica_lag_commands 0\n");
    final ApiOnMarket api = new ApiOnMarket(market, context);

    private static long nowNs() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    @BeforeAll
    static void startBrowser() {
        browser = Tools.require(Browser.start(), "Chromium is not installed");
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
            browser = null;
        }
    }

    @BeforeEach
    void fillTheBook() {
        for (int i = 0; i < 12; i++) {
            market.enter(i % 2, 'B', "SPDL", 100 + 35 * i % 270, 9_9900 - 100 * i);
            market.enter(2, 'S', "SPDL", 80 + 55 * i % 310, 10_0100 + 100 * i);
        }
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** Opens the console with the key of somebody who has this role and no other. */
    void login(final Role role) {
        browser.login(api.port(), role.name());
    }
}

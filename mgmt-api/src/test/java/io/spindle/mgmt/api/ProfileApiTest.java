package io.spindle.mgmt.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.mgmt.testing.ApiOnMarket;
import io.spindle.mgmt.testing.Call;
import io.spindle.mgmt.testing.Market;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

@Timeout(60)
class ProfileApiTest {
    @TempDir private Path profiles;
    private final Market market = new Market();
    private final ApiContext context = market.context();

    /** After a run with these options. */
    private Call.Reply profile(final Map<String, String> options) throws IOException {
        final RunFolder run = RunFolder.of(context.folder().path());
        Files.createDirectories(run.path()).toFile().deleteOnExit();
        run.path().resolve("appliance.properties").toFile().deleteOnExit();
        run.describe(options);
        try (ApiOnMarket api = new ApiOnMarket(market, context)) {
            return api.as(Role.VIEWER).get("/v1/profile");
        }
    }

    @Test
    void shouldShowTheProfileThatTheApplianceRunsBy() throws IOException {
        Files.writeString(
                profiles.resolve("p.yaml"),
                "name: p\nschema: 1\nsysctl: { kernel.ostype: Plan9 }\n");
        final Call.Reply shown =
                profile(Map.of("--profile", "p", "--profiles", profiles.toString()));
        assertEquals("p", shown.text("/name"), shown.body());
        assertEquals("/proc/sys/kernel/ostype", shown.text("/settings/0/setting"));
        assertEquals("Linux", shown.text("/settings/0/live"));
    }

    @Test
    void shouldShowTheOneThatFitsWhenTheApplianceRunsByNone() throws IOException {
        final String fitting = ProfileFolder.standard().match(Discovery.discover(Root.live())).name;
        final Call.Reply shown = profile(Map.of("--backend", "socket"));
        assertEquals(fitting, shown.text("/name"), shown.body());
    }

    @Test
    void shouldSayThatTheProfileOfTheApplianceIsGone() throws IOException {
        final Call.Reply shown =
                profile(Map.of("--profile", "gone", "--profiles", profiles.toString()));
        assertEquals("", shown.text("/name"));
        assertEquals(
                profiles.resolve("gone.yaml") + ": no such profile; known: ",
                shown.text("/problem"));
    }
}

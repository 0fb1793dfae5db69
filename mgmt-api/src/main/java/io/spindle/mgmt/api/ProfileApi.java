package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.javalin.openapi.HttpMethod;
import io.javalin.openapi.OpenApi;
import io.javalin.openapi.OpenApiContent;
import io.javalin.openapi.OpenApiResponse;
import io.spindle.mgmt.security.Role;
import io.spindle.mgmt.supervisor.RunFolder;
import io.spindle.tuning.launch.LaunchPlan;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.profile.InvalidProfileException;
import io.spindle.tuning.profile.ProfileFolder;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * What the hardware profile of the appliance wants, beside what the machine has; of one that runs
 * by none, the profile that fits the machine.
 */
final class ProfileApi {
    private final Root root;
    private final RunFolder run;

    ProfileApi(final Root root, final RunFolder run) {
        this.root = root;
        this.run = run;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/profile", this::profile, Role.all()));
    }

    /**
     * One setting.
     *
     * @param verdict holds, change, reboot, not_allowed, needs_consent or absent
     */
    public record SettingJson(String setting, String wanted, String live, String verdict) {}

    /**
     * The profile and its settings.
     *
     * @param name empty if there is none
     * @param problem why there is nothing to show, empty otherwise
     */
    public record ProfileJson(String name, String problem, List<SettingJson> settings) {}

    @OpenApi(
            path = "/v1/profile",
            methods = HttpMethod.GET,
            operationId = "profile",
            summary = "Each setting of the hardware profile: wanted, live, and whether it holds",
            tags = "health",
            responses =
                    @OpenApiResponse(
                            status = "200",
                            content = @OpenApiContent(from = ProfileJson.class)))
    private void profile(final Context ctx) {
        ctx.json(read());
    }

    private ProfileJson read() {
        try {
            final Properties options = run.description();
            final String folder = options.getProperty("--profiles");
            final Plan plan =
                    LaunchPlan.of(
                                    folder == null
                                            ? ProfileFolder.standard()
                                            : new ProfileFolder(Path.of(folder)),
                                    options.getProperty("--profile", "auto"),
                                    root)
                            .plan();
            return new ProfileJson(
                    plan.profile().name,
                    "",
                    plan.items().stream().map(ProfileApi::setting).toList());
        } catch (final InvalidProfileException
                | IllegalStateException
                | UncheckedIOException none) {
            return new ProfileJson("", String.valueOf(none.getMessage()), List.of());
        }
    }

    private static SettingJson setting(final Plan.Item item) {
        final String path = item.setting().path();
        return new SettingJson(
                path.isEmpty() ? "kernel argument" : path,
                item.setting().wanted(),
                item.current(),
                item.verdict().name().toLowerCase(Locale.ROOT));
    }
}

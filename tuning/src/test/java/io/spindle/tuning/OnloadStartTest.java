package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.tuning.launch.LaunchPlan;
import io.spindle.tuning.launch.OnloadStart;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.profile.ProfileFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What of a profile's {@code onload} reaches the trading process, with Onload there or not. */
class OnloadStartTest {
    private static final String LAUNCHER = "usr/bin/onload";
    private static final String LATENCY =
            "onload: { profile: latency, env: { EF_B: '7', EF_A: '1' } }\n";

    @TempDir Path folder;

    private LaunchPlan launch(final SyntheticMachine machine, final String onload)
            throws IOException {
        final Root root = machine.writeTo(folder.resolve("m"));
        final Path launcher = root.base().resolve(LAUNCHER);
        if (Files.exists(launcher)) {
            assertTrue(launcher.toFile().setExecutable(true));
        }
        Files.writeString(
                folder.resolve("p.yaml"),
                "name: p\nschema: 1\nlayout: { trading: { count: 1, isolate: true } }\n" + onload);
        return LaunchPlan.of(new ProfileFolder(folder), "p", root);
    }

    private static SyntheticMachine withOnload() {
        return SyntheticMachine.smallVm()
                .file("/" + LAUNCHER, "#!/bin/sh")
                .file("/sys/module/onload/version", "9");
    }

    @Test
    void shouldGiveTheVariablesToTradingWithEveryBackend() throws IOException {
        final LaunchPlan launch =
                launch(SyntheticMachine.smallVm(), "onload: { env: { EF_A: '1' } }\n");
        for (final String backend : List.of("auto", "efvi", "afxdp", "socket")) {
            final OnloadStart start = launch.onload("trading", backend, Map.of());
            assertEquals(List.of("/usr/bin/env", "EF_A=1"), start.words(), backend);
            assertEquals(List.of("EF_A=1"), start.remarks(), backend);
            assertEquals(List.of(), launch.onload("feed", backend, Map.of()).words());
        }
    }

    @Test
    void shouldLeaveWhatTheEnvironmentHas() throws IOException {
        final LaunchPlan launch =
                launch(SyntheticMachine.smallVm(), "onload: { env: { EF_B: '7', EF_A: '1' } }\n");
        final OnloadStart start =
                launch.onload("trading", "efvi", Map.of("EF_A", "2", "EF_B", "7"));
        assertEquals(List.of(), start.words());
        assertEquals(
                List.of("the environment has EF_A=2, which stays; the profile has 1"),
                start.remarks());
        assertEquals(
                List.of("/usr/bin/env", "EF_B=7"),
                launch.onload("trading", "efvi", Map.of("EF_A", "2")).words());
    }

    @Test
    void shouldStartSocketsByTheLauncher() throws IOException {
        final OnloadStart start =
                launch(withOnload(), LATENCY).onload("trading", "socket", Map.of("EF_A", "1"));
        assertEquals(
                List.of("/usr/bin/env", "EF_B=7", "/usr/bin/onload", "--profile=latency"),
                start.words());
        assertEquals(List.of("EF_B=7", "under /usr/bin/onload --profile=latency"), start.remarks());
    }

    @Test
    void shouldSayWhyItDoesNotTakeTheLauncher() throws IOException {
        final String onload = "onload: { profile: latency }\n";
        final String not = "not under /usr/bin/onload --profile=latency: ";
        final OnloadStart kernelBypass =
                launch(withOnload(), onload).onload("trading", "efvi", Map.of());
        assertEquals(List.of(), kernelBypass.words());
        assertEquals(
                List.of(not + "it is for --backend socket, this is efvi"), kernelBypass.remarks());

        Files.delete(folder.resolve("m/sys/module/onload/version"));
        Files.delete(folder.resolve("m/sys/module/onload"));
        assertEquals(
                List.of(not + "its driver is not loaded"),
                launch(SyntheticMachine.smallVm().file("/" + LAUNCHER, "#!/bin/sh"), onload)
                        .onload("trading", "socket", Map.of())
                        .remarks());

        Files.delete(folder.resolve("m/" + LAUNCHER));
        assertEquals(
                List.of(not + "there is no such program"),
                launch(SyntheticMachine.smallVm(), onload)
                        .onload("trading", "socket", Map.of())
                        .remarks());
    }

    @Test
    void shouldSayNothingWhenTheProfileDoesNot() throws IOException {
        final OnloadStart start = launch(withOnload(), "").onload("trading", "socket", Map.of());
        assertEquals(List.of(), start.words());
        assertEquals(List.of(), start.remarks());
    }
}

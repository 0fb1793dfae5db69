package io.spindle.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spindle.affinity.CpuSet;
import io.spindle.affinity.ThreadStatus;
import io.spindle.tuning.cli.TuneCommand;
import io.spindle.tuning.machine.Discovery;
import io.spindle.tuning.machine.Root;
import io.spindle.tuning.plan.Plan;
import io.spindle.tuning.profile.ProfileFolder;
import io.spindle.tuning.watch.Effects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/** Settings that are judged by their effect, and those that are judged by what is read back. */
class VerifyTest {
    private static final Path PROFILES =
            Path.of(System.getProperty("spindle.root", ".."))
                    .toAbsolutePath()
                    .resolve("hw-profiles");
    private static final String CPUS = "sys/devices/system/cpu/";
    private static final IntFunction<List<ThreadStatus>> NOBODY = cpu -> List.of();

    @TempDir Path folder;
    private Root root;

    /** Whose profile isolates CPUs 1 and 2 by boot arguments and masks of interrupts. */
    private Effects epyc(final String isolated, final String nohzFull) throws IOException {
        root = SyntheticMachine.epyc().writeTo(folder);
        final Plan plan =
                Plan.of(
                        new ProfileFolder(PROFILES).read("epyc-sfc-x3"),
                        Discovery.discover(root),
                        root);
        assertEquals("1-2", plan.layout().dataPath().toString());
        Files.writeString(folder.resolve(CPUS + "isolated"), isolated + "\n");
        Files.writeString(folder.resolve(CPUS + "nohz_full"), nohzFull + "\n");
        interrupts(0, 0, 0);
        return new Effects(root, plan);
    }

    /** Counts of CPUs 1 and 2; CPU 0 has many. */
    private void interrupts(final long cardOn1, final long timerOn1, final long timerOn2)
            throws IOException {
        Files.writeString(
                folder.resolve("proc/interrupts"),
                """
                          CPU0  CPU1  CPU2
                 24:  90000%d    %d     0   PCI-MSI 1-edge  order0-rx
                LOC:  90000%d    %d    %d   Local timer interrupts
                RES:        1     %d     1   Rescheduling interrupts
                """
                        .formatted(cardOn1, cardOn1, cardOn1, timerOn1, timerOn2, timerOn1));
    }

    private static List<String> lines(
            final Effects effects,
            final boolean holding,
            final IntFunction<List<ThreadStatus>> allowedOn) {
        return effects.look(2, allowedOn).stream()
                .filter(effect -> effect.holds() == holding)
                .map(Effects.Effect::what)
                .toList();
    }

    @Test
    void shouldHoldWhenTheKernelDoesWhatItWasAskedFor() throws IOException {
        final Effects effects = epyc("1-2", "1,2");
        assertTrue(effects.isAny());
        interrupts(0, 20, 1);
        assertEquals(List.of(), lines(effects, false, NOBODY));
        assertEquals(
                List.of(
                        "/sys/devices/system/cpu/isolated is '1-2', wanted '1-2'",
                        "no foreign thread may run on cpu 1",
                        "no foreign thread may run on cpu 2",
                        "/sys/devices/system/cpu/nohz_full is '1,2', wanted '1-2'",
                        "the timer interrupted cpu 1 20 times in 2.0 s, at most 20 wanted",
                        "the timer interrupted cpu 2 1 times in 2.0 s, at most 20 wanted",
                        "devices that interrupted cpu 1 in 2.0 s: none",
                        "devices that interrupted cpu 2 in 2.0 s: none"),
                lines(effects, true, NOBODY));
    }

    @Test
    void shouldSayWhatTheKernelDoesNotDo() throws IOException {
        final Effects effects = epyc("1", "(null)");
        interrupts(3, 7, 500);
        assertEquals(
                List.of(
                        "/sys/devices/system/cpu/isolated is '1', wanted '1-2'",
                        "/sys/devices/system/cpu/nohz_full is '(null)', wanted '1-2'",
                        "the timer interrupted cpu 2 500 times in 2.0 s, at most 20 wanted",
                        "devices that interrupted cpu 1 in 2.0 s: irq 24 order0-rx (+3)"),
                lines(effects, false, NOBODY));
    }

    @Test
    void shouldNameAForeignThreadThatMayRunThere() throws IOException {
        final Effects effects = epyc("1-2", "1-2");
        final ThreadStatus cron = new ThreadStatus(9, 9, "cron", false, 0, CpuSet.of(0, 1), 0);
        final ThreadStatus loop = new ThreadStatus(7, 8, "loop", false, 1, CpuSet.of(1), 0);
        assertEquals(
                List.of(
                        "1 foreign threads may run on cpu 1, first cron (process 9, thread 9,"
                                + " allowed on 0-1)"),
                lines(effects, false, cpu -> cpu == 1 ? List.of(loop, cron) : List.of()));
    }

    private String verify(final String... arguments) {
        final StringWriter out = new StringWriter();
        final int code =
                new CommandLine(new TuneCommand())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(out))
                        .execute(arguments);
        return out + "exit " + code;
    }

    private String profile(final String line) throws IOException {
        final Path file = folder.resolve("p.yaml");
        Files.writeString(
                file,
                "name: p\nschema: 1\nlayout: { trading: { count: 1, isolate: true } }\n" + line);
        return file.toString();
    }

    @Test
    void shouldJudgeThisMachineByEffect() throws IOException {
        assumeTrue(
                Root.live().read("/" + CPUS + "isolated").orElse("").isEmpty(),
                "this machine isolates CPUs");
        final String said =
                verify(
                        "verify",
                        profile("kernelArgs: ['isolcpus=domain,${dp}']\n"),
                        "--seconds",
                        "0.1");
        assertTrue(
                said.contains("does not hold, by effect: /sys/devices/system/cpu/isolated is ''"),
                said);
        assertTrue(said.contains(" foreign threads may run on cpu "), said);
        assertFalse(said.contains("kernel argument"), said);
        assertTrue(said.contains("by effect: 0 hold, 2 do not"), said);
        assertTrue(said.endsWith("exit 1"), said);
    }

    @Test
    void shouldReadBackWhatHasNoEffectToBeWatched() throws IOException {
        final String held = Root.live().read("/proc/sys/vm/swappiness").orElseThrow();
        final String right = profile("sysctl: { vm.swappiness: '%s' }\n".formatted(held));
        final String good = verify("verify", right);
        assertTrue(good.startsWith("by read-back: 1 hold, 0 do not, 0 absent here"), good);
        assertTrue(
                good.contains("by effect: nothing in the profile has one that can be watched"),
                good);
        assertTrue(good.endsWith("exit 0"), good);

        final String wrong = profile("sysctl: { vm.swappiness: '1%s' }\n".formatted(held));
        final String bad = verify("verify", wrong);
        assertTrue(
                bad.startsWith(
                        "does not hold, by read-back: /proc/sys/vm/swappiness is '%s', wanted '1%s'"
                                .formatted(held, held)),
                bad);
        assertTrue(bad.endsWith("exit 1"), bad);
    }

    @Test
    void shouldSayThatItLookedAtNoEffectInFilesOfAnotherMachine() throws IOException {
        SyntheticMachine.epyc().writeTo(folder.resolve("box"));
        final String said =
                verify(
                        "verify",
                        profile("kernelArgs: ['isolcpus=managed_irq,domain,1,4']\n"),
                        "--root",
                        folder.resolve("box").toString());
        assertEquals(
                "by read-back: 1 hold, 0 do not, 0 absent here\n"
                        + "by effect: not looked at, these are files of another machine\n"
                        + "exit 0",
                said);
    }
}

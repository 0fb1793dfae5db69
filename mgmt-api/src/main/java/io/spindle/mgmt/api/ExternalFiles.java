package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.api.Problem.FieldError;
import io.spindle.mgmt.control.Commander;
import io.spindle.mgmt.office.FaultyFile;

import java.io.IOException;

/** How files from outside come in, and how what is wrong with them is told. */
final class ExternalFiles {
    private ExternalFiles() {}

    /** What the back office may be asked to do. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws FaultyFile, IOException, InterruptedException;
    }

    static <T> T run(final Work<T> work) throws IOException, InterruptedException {
        try {
            return work.run();
        } catch (final FaultyFile faulty) {
            throw ApiProblem.fields(
                    faulty.faults().stream()
                            .map(fault -> new FieldError(fault.place(), fault.detail()))
                            .toList());
        } catch (final Commander.Failure failure) {
            throw failure.isUncertain()
                    ? ApiProblem.of(ProblemCode.NO_ANSWER, failure.getMessage())
                    : ApiProblem.refused(failure.code(), failure.getMessage());
        }
    }

    static String name(final Context ctx) {
        final String name = ctx.queryParam("name");
        if (name == null) {
            return "file";
        }
        if (!name.matches("[!-~]{1,128}")) {
            throw ApiProblem.field("name", "must be 1 to 128 visible ASCII characters");
        }
        return name;
    }

    static byte[] content(final Context ctx) {
        return ctx.bodyAsBytes();
    }

    /** File kind and source, as in {@code cash.BANK1}. */
    static boolean isLabel(final String text) {
        return text != null && text.matches("[a-z]{1,16}\\.[A-Za-z0-9_-]{1,32}");
    }
}

package io.spindle.mgmt.api;

import io.spindle.mgmt.api.Problem.FieldError;
import io.spindle.oms.RejectCode;

import java.util.List;
import java.util.Locale;

/** Thrown by handlers; becomes a {@link Problem}. */
public final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ProblemCode kind;
    private final String code;
    private final transient List<FieldError> errors;
    private final transient List<String> requiredRoles;

    private ApiProblem(
            final ProblemCode kind,
            final String code,
            final String detail,
            final List<FieldError> errors,
            final List<String> requiredRoles) {
        super(detail);
        this.kind = kind;
        this.code = code;
        this.errors = errors;
        this.requiredRoles = requiredRoles;
    }

    ProblemCode kind() {
        return kind;
    }

    public static ApiProblem of(final ProblemCode kind, final String detail) {
        return new ApiProblem(kind, kind.name(), detail, List.of(), List.of());
    }

    /** Refused by the engine with one of its own codes. */
    public static ApiProblem refused(final String rejectCode, final String detail) {
        return new ApiProblem(ProblemCode.REFUSED, rejectCode, detail, List.of(), List.of());
    }

    /** Refused by the engine with this code. */
    static ApiProblem ofEngine(final int code) {
        final RejectCode known = RejectCode.of(code);
        if (known == RejectCode.STATE_CHANGED) {
            return of(
                    ProblemCode.PRECONDITION_FAILED,
                    "its state has changed meanwhile: look at it, and ask again under another"
                            + " Idempotency-Key");
        }
        return known == null
                ? refused("CODE_" + code, "the engine's code " + code)
                : refused(known.name(), known.meaning);
    }

    public static ApiProblem fields(final List<FieldError> errors) {
        return new ApiProblem(
                ProblemCode.UNPROCESSABLE,
                ProblemCode.UNPROCESSABLE.name(),
                errors.size() == 1 ? "one field is wrong" : errors.size() + " fields are wrong",
                List.copyOf(errors),
                List.of());
    }

    public static ApiProblem field(final String pointer, final String detail) {
        return fields(List.of(new FieldError(pointer, detail)));
    }

    /** The role is right, the firm is not. */
    static ApiProblem outside(final String detail) {
        return of(ProblemCode.FORBIDDEN, detail);
    }

    public static ApiProblem forbidden(final List<String> requiredRoles) {
        return new ApiProblem(
                ProblemCode.FORBIDDEN,
                ProblemCode.FORBIDDEN.name(),
                "needs one of the roles " + String.join(", ", requiredRoles),
                List.of(),
                requiredRoles);
    }

    String code() {
        return code;
    }

    public int status() {
        return kind.status;
    }

    public Problem at(final String path) {
        return new Problem(
                "urn:spindle:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-'),
                kind.title,
                kind.status,
                getMessage(),
                path,
                code,
                errors,
                requiredRoles);
    }
}

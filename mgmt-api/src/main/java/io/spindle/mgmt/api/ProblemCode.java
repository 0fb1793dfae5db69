package io.spindle.mgmt.api;

/** The catalogue of what can go wrong with a request before the engine sees it. */
public enum ProblemCode {
    BAD_REQUEST(400, "The request cannot be read"),
    UNAUTHENTICATED(401, "A valid key or token is needed"),
    FORBIDDEN(403, "Your roles do not allow this"),
    SECOND_PERSON(403, "Somebody else has to do this"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "This method is not for this path"),
    CONFLICT(409, "It contradicts what is there"),
    IN_PROGRESS(409, "The same request is being worked on"),
    GONE(410, "What it asks for is not kept any more"),
    FORGOTTEN(410, "It is older than what is kept in memory"),
    PRECONDITION_FAILED(412, "It has changed since you looked"),
    TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_TYPE(415, "The body is of a type that is not taken here"),
    UNPROCESSABLE(422, "The fields do not make sense"),
    KEY_REUSED(422, "The Idempotency-Key was used with another body"),
    REFUSED(422, "The engine refused it"),
    PRECONDITION_REQUIRED(428, "Send If-Match with the version you saw"),
    TOO_MANY(429, "Too many requests"),
    INTERNAL(500, "A fault of ours; it has been logged"),
    UNAVAILABLE(503, "Not now"),
    NO_ANSWER(504, "The trading process did not answer; the request may still take effect");

    public final int status;
    public final String title;

    ProblemCode(final int status, final String title) {
        this.status = status;
        this.title = title;
    }
}

package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.latency.Latencies;
import io.spindle.mgmt.latency.Stage;
import io.spindle.mgmt.stream.Event;
import io.spindle.mgmt.stream.Feed;
import io.spindle.mgmt.stream.FeedMessage;

import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The response of one request as a stream of server-sent events, written by the request's own
 * virtual thread. Nothing is left to be completed behind the back of a subscriber that went away.
 */
final class ServerSentEvents implements Feed.Sink {
    static final String CONTENT_TYPE = "text/event-stream";

    private final OutputStream out;
    private final Admission admission;
    private final Latencies latencies;
    private boolean open = true;

    ServerSentEvents(final Context ctx, final Admission admission, final Latencies latencies)
            throws IOException {
        this.admission = admission;
        this.latencies = latencies;
        final HttpServletResponse response = ctx.res();
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(CONTENT_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        out = response.getOutputStream();
        response.flushBuffer();
    }

    /** Blocks while the subscriber does not read, at most for the connection's idle time. */
    @Override
    public void send(final FeedMessage message, final String token) throws IOException {
        final StringBuilder event = new StringBuilder();
        if (token != null) {
            event.append("id: ").append(token).append('\n');
        }
        event.append("event: ").append(message.type()).append('\n');
        event.append("data: ").append(Json.write(message)).append("\n\n");
        try {
            out.write(event.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (final IOException gone) {
            open = false;
            throw gone;
        }
    }

    @Override
    public void sent(final Event event) {
        latencies.reached(Stage.STREAM, event.sequence(), event.fact().timeNs());
    }

    @Override
    public boolean isOpen() {
        return open && admission.holds();
    }
}

package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.view.View;

import java.util.function.Function;

/** Where handlers read: the view as it is now, or as it was at {@code asAt}. */
@FunctionalInterface
public interface Readings {
    /** The view that answers this request. */
    View view(Context ctx);

    default <T> T read(final Context ctx, final Function<View.Reading, T> question) {
        return view(ctx).read(question);
    }
}

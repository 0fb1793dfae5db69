package io.spindle.mgmt.api;

import io.javalin.http.Context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Cuts long lists into pages that all show one state: the list is made once, for the first page,
 * and kept until its last page was read or younger listings push it out.
 *
 * <p>A token is good for one list at one place in it. Thread-safe.
 */
final class Pages {
    static final int DEFAULT_SIZE = 100;
    static final int MAX_SIZE = 10_000;
    private static final int MAX_LISTINGS = 64;

    /** What is left of a list: its items from {@code from} on. */
    private record Listing(String owner, long sequence, List<?> items, int from) {}

    /**
     * One page.
     *
     * @param sequence at which all pages of this listing are true
     * @param nextPageToken empty on the last page
     */
    record Page<T>(long sequence, List<T> items, String nextPageToken) {}

    /** A whole list, true at a sequence. */
    record Whole<T>(long sequence, List<T> items) {}

    private final Map<String, Listing> listings =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(final Map.Entry<String, Listing> eldest) {
                    return size() > MAX_LISTINGS;
                }
            };

    /** The page that the request asks for; {@code list} runs for first pages only. */
    <T> Page<T> page(final Context ctx, final Class<T> type, final Supplier<Whole<T>> list) {
        final int size = Parameters.integer(ctx, "pageSize", DEFAULT_SIZE, 1, MAX_SIZE);
        final String owner = Access.caller(ctx).name() + " " + ctx.path();
        final String token = ctx.queryParam("pageToken");
        final Listing listing;
        if (token == null || token.isEmpty()) {
            final Whole<T> whole = list.get();
            listing = new Listing(owner, whole.sequence(), whole.items(), 0);
        } else {
            listing = find(token, owner);
        }
        final int end = Math.min(listing.items.size(), listing.from + size);
        final List<T> items =
                listing.items.subList(listing.from, end).stream().map(type::cast).toList();
        return new Page<>(listing.sequence, items, keep(listing, end));
    }

    private synchronized Listing find(final String token, final String owner) {
        final Listing listing = listings.get(token);
        if (listing == null || !listing.owner.equals(owner)) {
            throw ApiProblem.of(ProblemCode.GONE, "this pageToken is unknown or too old");
        }
        return listing;
    }

    private synchronized String keep(final Listing listing, final int from) {
        if (from == listing.items.size()) {
            return "";
        }
        final String token = UUID.randomUUID().toString();
        listings.put(token, new Listing(listing.owner, listing.sequence, listing.items, from));
        return token;
    }
}

package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.view.View;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Cuts long lists into pages that all show one state: the list is made once, for the first page,
 * and kept until others push it out. A caller's own do, those that nobody has read for longest
 * first; only where there is no room at all, those of whoever has the most.
 *
 * <p>A token is good for one list at one place in it. Thread-safe.
 */
final class Pages {
    static final int DEFAULT_SIZE = 100;
    static final int MAX_SIZE = 10_000;

    /** Lists of one caller that are kept at a time. */
    static final int MOST_OF_CALLER = 8;

    private static final int MAX_LISTINGS = 64;
    private static final char SEPARATOR = '.';

    /** A list as it was for its first page. */
    private record Listing(String caller, String path, long sequence, List<?> items) {}

    /** In a listing that is kept under a name. */
    private record Place(String name, Listing listing, int from) {}

    /**
     * One page.
     *
     * @param sequence at which all pages of this listing are true
     * @param nextPageToken empty on the last page
     */
    record Page<T>(long sequence, List<T> items, String nextPageToken) {}

    /** A whole list, true at a sequence. */
    record Whole<T>(long sequence, List<T> items) {}

    /** By name, the one first that nobody has read for longest. */
    private final Map<String, Listing> listings = new LinkedHashMap<>(MAX_LISTINGS, 1, true);

    /** The page that the request asks for; {@code list} runs for first pages only. */
    <T> Page<T> page(final Context ctx, final Class<T> type, final Supplier<Whole<T>> list) {
        final int size = Parameters.integer(ctx, "pageSize", DEFAULT_SIZE, 1, MAX_SIZE);
        final String caller = Access.caller(ctx).name();
        final String token = ctx.queryParam("pageToken");
        final Place place;
        if (token == null || token.isEmpty()) {
            final Whole<T> whole = list.get();
            place =
                    new Place(
                            UUID.randomUUID().toString(),
                            new Listing(caller, ctx.path(), whole.sequence(), whole.items()),
                            0);
        } else {
            place = find(token, caller, ctx.path());
        }
        final Listing listing = place.listing;
        Readings.name(ctx, listing.sequence);
        final int end = Math.min(listing.items.size(), place.from + size);
        final List<T> items =
                listing.items.subList(place.from, end).stream().map(type::cast).toList();
        if (end == listing.items.size()) {
            return new Page<>(listing.sequence, items, "");
        }
        if (place.from == 0) {
            keep(place);
        }
        return new Page<>(listing.sequence, items, place.name + SEPARATOR + end);
    }

    /** The same of what a reading lists. */
    <T> Page<T> list(
            final Context ctx,
            final Readings readings,
            final Class<T> type,
            final Function<View.Reading, List<T>> items) {
        return page(
                ctx,
                type,
                () -> readings.read(ctx, now -> new Whole<>(now.sequence(), items.apply(now))));
    }

    private synchronized Place find(final String token, final String caller, final String path) {
        final int separator = token.lastIndexOf(SEPARATOR);
        final String place = token.substring(separator + 1);
        if (separator > 0 && place.matches("[0-9]{1,9}")) {
            final String name = token.substring(0, separator);
            final int from = Integer.parseInt(place);
            final Listing listing = listings.get(name);
            if (listing != null
                    && listing.caller.equals(caller)
                    && listing.path.equals(path)
                    && from > 0
                    && from < listing.items.size()) {
                return new Place(name, listing, from);
            }
        }
        throw ApiProblem.of(ProblemCode.GONE, "this pageToken is unknown or too old");
    }

    private synchronized void keep(final Place place) {
        final Map<String, Long> counts =
                listings.values().stream()
                        .map(Listing::caller)
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        if (counts.getOrDefault(place.listing.caller, 0L) == MOST_OF_CALLER) {
            forgetOne(place.listing.caller);
        } else if (listings.size() == MAX_LISTINGS) {
            counts.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .ifPresent(this::forgetOne);
        }
        listings.put(place.name, place.listing);
    }

    private void forgetOne(final String caller) {
        listings.entrySet().stream()
                .filter(one -> one.getValue().caller.equals(caller))
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(listings::remove);
    }
}

package io.spindle.mgmt.api;

import io.javalin.http.Context;
import io.spindle.mgmt.view.View;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Cuts long lists into pages that all show one state: the list is made once, for the first page,
 * and kept until others push it out. A caller's own do, those that nobody has read for longest
 * first; only where there is no room at all, those of whoever has the most. There is room for
 * {@value #MAX_ITEMS} items in all, or one list that is longer. What nobody has read for {@value
 * #MAX_AGE_MINUTES} minutes is forgotten.
 *
 * <p>Items are facts as the view has them: to be turned into what is answered page by page, when
 * the view is not held any more. A token is good for one list at one place in it. Thread-safe.
 */
final class Pages {
    static final int DEFAULT_SIZE = 100;
    static final int MAX_SIZE = 10_000;

    /** Lists of one caller that are kept at a time. */
    static final int MOST_OF_CALLER = 8;

    static final int MAX_AGE_MINUTES = 10;
    private static final int MAX_LISTINGS = 64;
    private static final int MAX_ITEMS = 1_000_000;
    private static final char SEPARATOR = '.';

    /**
     * A list as it was for its first page.
     *
     * @param readNs when it was last read, by the clock of these pages
     */
    record Listing(String caller, String path, long sequence, List<?> items, long readNs) {
        private Listing readAt(final long nowNs) {
            return new Listing(caller, path, sequence, items, nowNs);
        }
    }

    /** In a listing that is kept under a name. */
    record Place(String name, Listing listing, int from) {}

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

    private final LongSupplier clockNs;
    private final int maxItems;

    Pages() {
        this(System::nanoTime, MAX_ITEMS);
    }

    /**
     * @param clockNs in ns, from anywhere on
     * @param maxItems in all lists that are kept, if there is more than one
     */
    Pages(final LongSupplier clockNs, final int maxItems) {
        this.clockNs = clockNs;
        this.maxItems = maxItems;
    }

    /** Of the page that the request asks for. */
    static int size(final Context ctx) {
        return Parameters.integer(ctx, "pageSize", DEFAULT_SIZE, 1, MAX_SIZE);
    }

    /** The page that the request asks for; {@code list} runs for first pages only. */
    <T> Page<T> page(final Context ctx, final Class<T> type, final Supplier<Whole<T>> list) {
        final int size = size(ctx);
        final String caller = Access.caller(ctx).name();
        final String token = ctx.queryParam("pageToken");
        final Place place;
        if (token == null || token.isEmpty()) {
            final Whole<T> whole = list.get();
            place =
                    new Place(
                            UUID.randomUUID().toString(),
                            new Listing(caller, ctx.path(), whole.sequence(), whole.items(), 0),
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

    synchronized Place find(final String token, final String caller, final String path) {
        forgetUnread();
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
                listings.put(name, listing.readAt(clockNs.getAsLong()));
                return new Place(name, listing, from);
            }
        }
        throw ApiProblem.of(ProblemCode.GONE, "this pageToken is unknown or too old");
    }

    synchronized void keep(final Place place) {
        forgetUnread();
        final Map<String, Long> counts = sums(listing -> 1);
        if (counts.getOrDefault(place.listing.caller, 0L) == MOST_OF_CALLER) {
            forgetOne(place.listing.caller);
        } else if (listings.size() == MAX_LISTINGS) {
            forgetOne(most(counts));
        }
        while (!listings.isEmpty() && items() + place.listing.items.size() > maxItems) {
            forgetOne(most(sums(listing -> listing.items.size())));
        }
        listings.put(place.name, place.listing.readAt(clockNs.getAsLong()));
    }

    private void forgetUnread() {
        final long nowNs = clockNs.getAsLong();
        final long mostNs = TimeUnit.MINUTES.toNanos(MAX_AGE_MINUTES);
        listings.values().removeIf(listing -> nowNs - listing.readNs > mostNs);
    }

    private long items() {
        return listings.values().stream().mapToLong(listing -> listing.items.size()).sum();
    }

    private Map<String, Long> sums(final ToLongFunction<Listing> weight) {
        return listings.values().stream()
                .collect(Collectors.groupingBy(Listing::caller, Collectors.summingLong(weight)));
    }

    private static String most(final Map<String, Long> sums) {
        return Collections.max(sums.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private void forgetOne(final String caller) {
        listings.entrySet().stream()
                .filter(one -> one.getValue().caller.equals(caller))
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(listings::remove);
    }
}

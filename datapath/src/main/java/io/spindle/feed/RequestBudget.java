package io.spindle.feed;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many requests each address may still make: a bucket that fills at a steady rate. Knows a
 * bounded number of addresses and forgets the one it has not heard of for longest.
 *
 * <p><i>Called from</i> the feed process's thread.
 */
final class RequestBudget {
    static final int MAX_ADDRESSES = 4_096;

    private static final long NS_PER_SECOND = 1_000_000_000L;

    private static final class Bucket {
        private long creditNs;
        private long filledNs;
    }

    private final long costNs;
    private final long fullNs;
    private final Map<InetAddress, Bucket> buckets =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(final Map.Entry<InetAddress, Bucket> eldest) {
                    return size() > MAX_ADDRESSES;
                }
            };

    /**
     * @param perSecond requests a second and address
     * @param burst requests at once after a pause
     */
    RequestBudget(final int perSecond, final int burst) {
        costNs = NS_PER_SECOND / perSecond;
        fullNs = costNs * burst;
    }

    /** Spends one request; false when the address has none left. */
    boolean spend(final InetAddress address, final long nowNs) {
        Bucket bucket = buckets.get(address);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.creditNs = fullNs;
            bucket.filledNs = nowNs;
            buckets.put(address, bucket);
        }
        bucket.creditNs = Math.min(fullNs, bucket.creditNs + nowNs - bucket.filledNs);
        bucket.filledNs = nowNs;
        if (bucket.creditNs < costNs) {
            return false;
        }
        bucket.creditNs -= costNs;
        return true;
    }
}

package io.spindle.mgmt.api;

import com.fasterxml.jackson.annotation.JsonRawValue;

import io.spindle.mgmt.model.Metadata;
import io.spindle.mgmt.model.Times;

/**
 * An entry as it is served; attributes byte for byte as they were sent, or null once taken away.
 */
public record MetadataJson(
        String kind,
        String key,
        @JsonRawValue String attributes,
        String author,
        long sequence,
        String time) {
    public static MetadataJson of(final Metadata entry) {
        return new MetadataJson(
                entry.kind(),
                entry.key(),
                entry.isDefined() ? entry.attributes() : null,
                entry.author(),
                entry.sequence(),
                Times.text(entry.timeNs()));
    }
}

package io.github.dbtc4j.client;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/// Reads the platform's three spellings of a moment.
///
/// Runs are stamped `2024-05-27 10:42:16.179903+00:00`, jobs `2024-05-27T10:42:10.111442+00:00`,
/// the job inside a run `2024-05-27T10:42:10.111442Z`, each with and without the fraction (recorded
/// responses: OpenMetadata 2024, data-mie/dbt-cloud-cli, dbtc guide).
final class Timestamps {

    private Timestamps() {}

    /// A text without an offset is taken as UTC, the only offset the platform was ever seen to
    /// send.
    ///
    /// @throws IllegalArgumentException when `text` is none of them
    static Instant read(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeParseException withoutOffset) {
            try {
                return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("not a date and time", e);
            }
        }
    }
}

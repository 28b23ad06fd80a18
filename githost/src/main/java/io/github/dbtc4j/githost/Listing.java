package io.github.dbtc4j.githost;

import java.util.List;

/// What a host listed.
///
/// @param items in the host's order
/// @param complete false when there are more, which the host does not list or which are too many
public record Listing<T>(List<T> items, boolean complete) {

    /// Makes the list unmodifiable.
    public Listing {
        items = List.copyOf(items);
    }
}

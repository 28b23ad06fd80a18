package io.github.dbtc4j.githost;

import io.github.dbtc4j.githost.Purpose.Need;

/// What to do when a host refuses, in the words of that host's settings.
interface Advice {

    /// Which permission `need` takes, as a sentence.
    String permission(Need need);

    /// What else may be wrong with a request that the host understood and refused.
    default String correction(Need need) {
        return "Correct the request before sending it again.";
    }
}

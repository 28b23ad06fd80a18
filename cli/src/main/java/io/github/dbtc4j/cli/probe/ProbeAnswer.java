package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.sandbox.option.Assumption;

/// What came of one question of `dbtc probe`. None of it quotes the platform: no id, no name.
sealed interface ProbeAnswer {

    /// The platform does as this constant of the sandbox says.
    record Found(Assumption constant) implements ProbeAnswer {}

    /// A measured value, or something no constant of the sandbox stands for.
    record Seen(String text) implements ProbeAnswer {}

    /// Not asked, or not told from what was seen.
    ///
    /// @param why as a clause that follows a colon
    record NotAsked(String why) implements ProbeAnswer {}
}

package io.github.dbtc4j.simulation.world;

/// What may go wrong in a scenario; each profile contains the ones before it.
public enum Profile {

    /// Nothing: pushes are spread out and every pipeline is prompt.
    CLEAN("clean"),

    /// Bursts of pushes, pipelines that start at once, late or twice, lists that lag, people who
    /// cancel runs and delete clones.
    RACES("races"),

    /// Also what CI does to a process: kills, signals, pauses, runs again.
    CI("CI kills"),

    /// Also what a network and a platform do to a request.
    FAULTS("HTTP faults");

    private final String title;

    Profile(String title) {
        this.title = title;
    }

    /// What it is called in tables.
    public String title() {
        return title;
    }
}

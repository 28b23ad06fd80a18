package io.github.dbtc4j.simulation.strategy;

import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What has the number of one of our pull requests, on the same base job, and is another one.
///
/// In a scenario every pull request has a key of its own: its number, and for a namesake so many
/// [strides][#STRIDE] more. The platform sees the number only.
public enum Namesake {
    /// One of another git provider.
    OTHER_PROVIDER(1, Provider.GITLAB, "_gitlab"),
    /// What a second workflow builds of the pull request, into a schema of its own.
    OTHER_WORKFLOW(2, Provider.GITHUB, "_full"),
    /// One of another repository of the same provider.
    OTHER_REPOSITORY(3, Provider.GITHUB, "_docs");

    private static final int STRIDE = 100_000;

    private final int strides;
    private final Provider provider;
    private final String suffix;

    Namesake(int strides, Provider provider, String suffix) {
        this.strides = strides;
        this.provider = provider;
        this.suffix = suffix;
    }

    /// The key of the one that bears `number`.
    public int key(int number) {
        return strides * STRIDE + number;
    }

    /// What the platform knows as `key`.
    public static PullRequest pullRequest(int key) {
        Namesake namesake = of(key);
        return new PullRequest(
                namesake == null ? Provider.GITHUB : namesake.provider, key % STRIDE);
    }

    /// Adds what tells the platform about `key`: the number, and the schema that belongs to
    /// `ciJob`.
    ///
    /// @param key null is sent as such
    static void describe(@Nullable Integer key, long ciJob, Map<String, @Nullable Object> payload) {
        Namesake namesake = key == null ? null : of(key);
        Integer number = key == null ? null : key % STRIDE;
        payload.put(
                "schema_override",
                "dbt_cloud_pr_" + ciJob + "_" + number + (namesake == null ? "" : namesake.suffix));
        payload.put((namesake == null ? Provider.GITHUB : namesake.provider).field(), number);
    }

    public static boolean is(int key) {
        return key >= STRIDE;
    }

    private static @Nullable Namesake of(int key) {
        for (Namesake namesake : values()) {
            if (namesake.strides == key / STRIDE) {
                return namesake;
            }
        }
        return null;
    }
}

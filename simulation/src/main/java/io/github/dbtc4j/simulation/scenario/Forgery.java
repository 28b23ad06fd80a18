package io.github.dbtc4j.simulation.scenario;

import java.util.EnumSet;
import java.util.Set;

/// A run that a person triggers under a claim of ours.
///
/// @param pick whose claim: which of the pipelines, or of the runs there are
/// @param copied whether the claim is that of a run, nonce included, once there is one; else it is
///   the one the pipeline will write, or would have, but for the nonce
/// @param lies in what the run differs from what the claim's pipeline asks for
/// @param ahead by how much the claim's number is greater
/// @param target on which job it is triggered
/// @param quick whether it ends at once, before an honest run could
public record Forgery(
        int pick, boolean copied, Set<Lie> lies, long ahead, Target target, boolean quick) {

    /// More digits than any sequence has.
    public static final long IMPLAUSIBLE = 99_999_999_999_999_999L;

    public Forgery {
        lies = lies.isEmpty() ? Set.of() : EnumSet.copyOf(lies);
    }

    /// In what a run differs from what its claim says, or from what the claim's pipeline builds.
    public enum Lie {
        /// It builds nothing.
        STEPS,
        /// It takes another branch's code.
        BRANCH,
        /// It takes another commit.
        SHA,
        /// It names no commit.
        NO_SHA,
        /// It builds into another schema.
        SCHEMA,
        /// It names no schema.
        NO_SCHEMA,
        /// Another version of dbt builds it.
        VERSION,
        /// It is of no pull request.
        PULL_REQUEST
    }

    /// On which job.
    public enum Target {
        BASE,
        /// A clone if there is one, else the base job.
        CLONE,
        /// A production job of the same project.
        PRODUCTION
    }

    /// What is forged in the scenario of `seed`, from a stream of chance of its own.
    static Forgery draw(ScenarioChance chance) {
        Set<Lie> lies = EnumSet.noneOf(Lie.class);
        for (int i = chance.one(0, 1, 1, 1, 1, 2); i > 0; i--) {
            lies.add(chance.one(Lie.STEPS, Lie.values()[chance.from(0, Lie.values().length - 1)]));
        }
        return new Forgery(
                chance.from(0, 9),
                chance.percent(40),
                lies,
                chance.one(0L, 0L, 0L, 1L, 1L, 1_000L, IMPLAUSIBLE),
                chance.one(Target.BASE, Target.BASE, Target.CLONE, Target.PRODUCTION),
                chance.percent(70));
    }
}

package io.github.dbtc4j.simulation.scenario;

import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;
import io.github.dbtc4j.sandbox.option.Pace;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.simulation.scenario.Scenario.Trait;
import io.github.dbtc4j.simulation.world.Profile;
import io.github.dbtc4j.simulation.world.VirtualTime;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Draws what kind of platform the pipelines meet.
final class ScenarioPlatform {

    /// So few requests a minute that another client can use them up at little cost, and more than
    /// all pipelines of a scenario need.
    private static final int TIGHT_LIMIT = 150;

    /// The behaviours other than the usual ones that a client notices.
    static final List<Assumption> ODD =
            List.of(
                    Assumption.CancelOfFinishedRun.REJECTED,
                    Assumption.CancelOfFinishedRun.NOT_FOUND,
                    Assumption.DeleteAnswer.NO_CONTENT,
                    Assumption.RunsOfDeletedJob.RUNNING_ONE_FINISHES,
                    Assumption.RunsOfDeletedJobInLists.HIDDEN,
                    Assumption.ReadOfDeletedJob.JOB,
                    Assumption.ReadOfDeletedJobsRun.NOT_FOUND,
                    Assumption.CancelWithoutSlash.REFUSED,
                    Assumption.OmittedCostOptimization.INHERIT,
                    Assumption.TriggerOfDeletedJob.REJECTED,
                    Assumption.TriggerOfDeletedJob.ACCEPTED_THEN_CANCELLED,
                    Assumption.CiTriggerOnStarter.NATIVE,
                    Assumption.OneMoreJob.FORBIDDEN,
                    Assumption.IdAndScheduleOnCreate.REQUIRED,
                    Assumption.ReadOnlyKeysOnCreate.REJECTED,
                    Assumption.TypeOfJobWithoutTriggers.SCHEDULED,
                    Assumption.TrafficInCooldown.PROLONGS,
                    Assumption.RetryAfter.SENT,
                    Assumption.RateLimitBody.DETAIL,
                    Assumption.RateLimitBody.HTML,
                    Assumption.AccountRead.NOT_FOUND);

    private final Profile profile;
    private final ScenarioChance chance;
    private final Set<Trait> traits;

    ScenarioPlatform(Profile profile, ScenarioChance chance, Set<Trait> traits) {
        this.profile = profile;
        this.chance = chance;
        this.traits = traits;
    }

    /// @param type the base job's
    /// @param storm whether another client will use up the rate limit
    SandboxOptions draw(String type, boolean storm) {
        String plan =
                chance.percent(88)
                        ? "starter_2025"
                        : chance.one("enterprise_2025", "enterprise_2025", "team");
        AssumptionSet switches = switches(storm);
        if (type.equals("ci")
                && (!plan.startsWith("starter")
                        || switches.is(Assumption.CiTriggerOnStarter.NATIVE))) {
            traits.add(Trait.NATIVE);
        }
        return SandboxOptions.defaults()
                .seed(chance.bits())
                .token("dbtu_canary%016x".formatted(chance.bits()))
                .plan(plan)
                .switches(switches)
                .runSlots(chance.one(1, 2, 2, 3, 3, 4, 5, 5))
                .pace(pace())
                .schedules(false)
                .earlierRuns(chance.percent(10) ? chance.from(1, 6) : 0)
                .historyLimit(0)
                .requestsPerMinute(storm ? TIGHT_LIMIT : 5_000);
    }

    /// How long one way of a call takes.
    VirtualTime.Delay delay() {
        return isRacy() && chance.percent(20)
                ? new VirtualTime.Delay(Duration.ofMillis(20), Duration.ofSeconds(2))
                : VirtualTime.Delay.usual();
    }

    private AssumptionSet switches(boolean storm) {
        AssumptionSet switches = AssumptionSet.defaults();
        if (isRacy() && chance.percent(30)) {
            traits.add(Trait.ODD_PLATFORM);
            for (int i = chance.from(1, 2); i > 0; i--) {
                switches = switches.with(chance.one(ODD));
            }
        }
        if (storm && chance.percent(50)) {
            switches =
                    switches.with(
                            chance.one(
                                    Assumption.RetryAfter.SENT,
                                    Assumption.TrafficInCooldown.PROLONGS));
        }
        return switches;
    }

    private Pace pace() {
        Pace pace =
                Pace.realistic()
                        .ci(Pace.Range.seconds(15, 90))
                        .production(Pace.Range.seconds(20, 90))
                        .failureRate(chance.one(0.0, 0.08, 0.25));
        if (isRacy() && chance.percent(50)) {
            traits.add(Trait.LAG);
            return pace.visibilityLag(chance.seconds(1, 4));
        }
        return pace;
    }

    private boolean isRacy() {
        return profile.compareTo(Profile.RACES) >= 0;
    }
}

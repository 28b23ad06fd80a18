package io.github.dbtc4j.simulation.scenario;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.sandbox.option.SandboxOptions;
import io.github.dbtc4j.simulation.strategy.Namesake;
import io.github.dbtc4j.simulation.strategy.Pipeline;
import io.github.dbtc4j.simulation.world.Profile;
import io.github.dbtc4j.simulation.world.Repository;
import io.github.dbtc4j.simulation.world.VirtualTime;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What will happen around a base job under any strategy: which pipelines start when, on what kind
/// of platform, and what is done to them.
///
/// @param seed what it was drawn from
/// @param start when it begins
/// @param platform what kind of platform it is
/// @param baseJobType `ci` or `other`
/// @param delay how long one way of a call takes
/// @param options those of our autoscaler, but for the lanes and the sequence
/// @param grace how long the CI system leaves a process to end when it asks it to; zero where it
///   kills at once
/// @param starts the pipelines in the order of their beginning
/// @param chaos what is done to the platform
/// @param traits what is remarkable about it
public record Scenario(
        long seed,
        Profile profile,
        Instant start,
        SandboxOptions platform,
        String baseJobType,
        VirtualTime.Delay delay,
        Options options,
        Duration grace,
        List<Start> starts,
        List<ChaosEvent.OfWorld> chaos,
        Set<Trait> traits) {

    private static final long DEATHS = 0xdea75L;
    private static final long OVERRIDES = 0x5eed_0f_0ee1_4b1eL;

    /// A sixth of them is of the CI job.
    private static final int EARLIER_RUNS = 60;

    /// The pull requests whose payloads may name one schema.
    private static final Set<Integer> SHARING = Set.of(50, 51);

    public Scenario {
        starts = List.copyOf(starts);
        chaos = List.copyOf(chaos);
        traits = Set.copyOf(traits);
    }

    /// Whether the payload of `start` names the schema that those of two pull requests share.
    private boolean sharesSchema(Start start) {
        return traits.contains(Trait.SHARED_SCHEMA)
                && start.repository() == Repository.OURS
                && start.pullRequest() != null
                && SHARING.contains(start.pullRequest());
    }

    /// The same with looks that are planned from the runs there were before.
    public Scenario withPlannedLooks() {
        return new Scenario(
                seed,
                profile,
                start,
                platform.earlierRuns(EARLIER_RUNS),
                baseJobType,
                delay,
                options.polling(Options.defaults().polling()),
                grace,
                starts,
                chaos,
                traits);
    }

    /// The same with forged claims. What is forged is drawn from a stream of chance of its own, so
    /// that everything else is as it was, but for shared schemas and namesakes: forged runs are
    /// held to those that bear their pull request's number.
    public Scenario withForgeries() {
        var chance = new ScenarioChance(~seed);
        List<ChaosEvent.OfWorld> forging = new ArrayList<>(chaos);
        for (int i = chance.from(1, 4); i > 0; i--) {
            Instant at = start.plus(chance.seconds(0, chance.one(60, 240)));
            forging.add(new ChaosEvent.Forge(at, Forgery.draw(chance)));
        }
        return with(
                starts.stream()
                        .filter(start ->
                                start.pullRequest() == null || !Namesake.is(start.pullRequest()))
                        .toList(),
                forging,
                traits.stream()
                        .filter(trait -> trait != Trait.SHARED_SCHEMA && trait != Trait.NAMESAKE)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /// The same with processes that die and are resumed: each of our pipelines up to three times.
    /// At which calls is drawn from a stream of chance of its own, so that everything else is as it
    /// was.
    public Scenario withDeaths() {
        var chance = new ScenarioChance(seed ^ DEATHS);
        return with(
                starts.stream()
                        .map(each ->
                                each.repository() == Repository.OURS ? mortal(each, chance) : each)
                        .toList(),
                chaos,
                traits);
    }

    private Scenario with(List<Start> starts, List<ChaosEvent.OfWorld> chaos, Set<Trait> traits) {
        return new Scenario(
                seed,
                profile,
                start,
                platform,
                baseJobType,
                delay,
                options,
                grace,
                starts,
                chaos,
                traits);
    }

    private static Start mortal(Start start, ScenarioChance chance) {
        List<ChaosEvent.OfProcess> fate = new ArrayList<>(start.fate());
        int call = 0;
        for (int i = chance.from(1, 3); i > 0; i--) {
            call += chance.from(1, 12);
            fate.add(
                    new ChaosEvent.DieAtCall(
                            call, chance.percent(50), chance.seconds(0, chance.one(5, 60, 240))));
        }
        return start.suffering(fate);
    }

    /// The base job's own values of environment variables: none, two, or one of them a secret. They
    /// are drawn from a stream of chance of their own, so that everything else is as it was.
    public Map<String, String> overrides() {
        int draw = new ScenarioChance(seed ^ OVERRIDES).from(0, 99);
        if (draw >= 25) {
            return Map.of();
        }
        String name = draw < 3 ? "DBT_ENV_SECRET_KEY" : "DBT_WAREHOUSE";
        return Map.of("DBT_TARGET_LAYER", "ci", name, "small-" + seed);
    }

    /// What the pipeline `start` triggers `job` with: the guide's payload, for ours perhaps with
    /// the shared schema, and with a branch or steps of its own, by the commit it names. Forgers
    /// know the plain ones only.
    public Map<String, @Nullable Object> payload(Start start, long job) {
        Map<String, @Nullable Object> payload =
                Pipeline.payload(job, start.pullRequest(), start.sha());
        if (sharesSchema(start)) {
            payload.put("schema_override", "cicd");
        }
        if (start.repository() == Repository.OURS
                && chaos.stream().noneMatch(ChaosEvent.Forge.class::isInstance)) {
            switch (start.sha().charAt(0)) {
                case '0', '1', '2', '3' ->
                        payload.put("git_branch", "feature-" + start.pullRequest());
                case '4', '5', '6', '7' ->
                        payload.put("steps_override", List.of("dbt build -s my_model"));
                default -> {}
            }
        }
        return payload;
    }

    /// A pipeline that starts.
    ///
    /// @param order where it truly stands among the pipelines of its repository
    /// @param sequenced whether the CI system passes that on
    /// @param fate what is done to it
    public record Start(
            Repository repository,
            @Nullable Integer pullRequest,
            String sha,
            Sequence order,
            boolean sequenced,
            boolean waits,
            Instant at,
            List<ChaosEvent.OfProcess> fate) {

        public Start {
            fate = List.copyOf(fate);
        }

        public boolean isOfSamePullRequestAs(Start other) {
            return repository == other.repository
                    && pullRequest != null
                    && pullRequest.equals(other.pullRequest);
        }

        /// Whether its commit, or this attempt to build it, is older.
        public boolean isBefore(Start other) {
            return order.number() < other.order.number()
                    || (order.number() == other.order.number()
                            && order.attempt() < other.order.attempt());
        }

        Start at(Instant changed) {
            return new Start(repository, pullRequest, sha, order, sequenced, waits, changed, fate);
        }

        Start building(String changed) {
            return new Start(repository, pullRequest, changed, order, sequenced, waits, at, fate);
        }

        Start ordered(Sequence changed) {
            return new Start(repository, pullRequest, sha, changed, sequenced, waits, at, fate);
        }

        Start suffering(List<ChaosEvent.OfProcess> changed) {
            return new Start(repository, pullRequest, sha, order, sequenced, waits, at, changed);
        }
    }

    /// Something remarkable.
    public enum Trait {
        /// All pipelines start in the same millisecond.
        SIMULTANEOUS,
        /// All pipelines start within seconds.
        BURST,
        /// Two commits of one pull request are seconds apart.
        COMMITS_SECONDS_APART,
        /// A pipeline starts minutes after it should have.
        DELAYED,
        /// A pipeline was started twice.
        TWIN,
        /// An earlier commit was pushed again.
        PUSHED_BACK,
        /// A pipeline was run again.
        RERUN,
        /// A pipeline was run again although there was a newer one of its pull request.
        RERUN_OF_OLDER,
        /// Pipelines come when clones have just been idle for long enough to be deleted.
        SECOND_WAVE,
        /// Another repository has a pull request of the same number.
        EQUAL_NUMBERS,
        /// That one uses this tool, too, for a job of its own project.
        TWO_PROJECTS,
        /// Another pull request has the same number, on the same base job.
        NAMESAKE,
        /// A payload names no pull request.
        NO_PULL_REQUEST,
        /// A pipeline does not wait for its run.
        NOT_WAITING,
        /// No pipeline knows its place in the order.
        UNSEQUENCED,
        /// A newer pipeline of a pull request has CI cancel the older ones.
        CANCEL_IN_PROGRESS,
        /// Clones are not deleted by those who used them.
        DEFERRED_CLEANUP,
        /// A deadline that may pass.
        SHORT_TIMEOUT,
        /// The platform runs pull requests side by side by itself.
        NATIVE,
        /// New runs and jobs take seconds to show up in lists.
        LAG,
        /// Two pull requests name one schema.
        SHARED_SCHEMA,
        /// The platform behaves in another way than the usual one where its documentation is
        /// silent.
        ODD_PLATFORM
    }

    static Set<Trait> noTraits() {
        return EnumSet.noneOf(Trait.class);
    }
}

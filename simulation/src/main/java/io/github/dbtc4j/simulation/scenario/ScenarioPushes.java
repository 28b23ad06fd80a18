package io.github.dbtc4j.simulation.scenario;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.simulation.scenario.Scenario.Start;
import io.github.dbtc4j.simulation.scenario.Scenario.Trait;
import io.github.dbtc4j.simulation.world.Profile;
import io.github.dbtc4j.simulation.world.Repository;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Draws who pushes what, and when a pipeline starts for it.
final class ScenarioPushes {

    private static final int FIRST_PULL_REQUEST = 50;

    private final Profile profile;
    private final ScenarioChance chance;
    private final Set<Trait> traits;
    private final List<Start> starts = new ArrayList<>();
    private final boolean sequenced;
    private long pushes;

    ScenarioPushes(Profile profile, ScenarioChance chance, Set<Trait> traits) {
        this.profile = profile;
        this.chance = chance;
        this.traits = traits;
        this.sequenced = !sometimes(10, Trait.UNSEQUENCED);
    }

    /// The pipelines in the order of their beginning.
    List<Start> draw() {
        push();
        if (profile.compareTo(Profile.RACES) >= 0) {
            race();
        }
        if (profile.compareTo(Profile.CI) >= 0 && chance.percent(20)) {
            runAgain();
        }
        starts.sort(Comparator.comparing(Start::at));
        return starts;
    }

    private void push() {
        boolean racy = profile.compareTo(Profile.RACES) >= 0;
        int pipelines = racy ? chance.one(2, 2, 3, 3, 3, 4, 5) : chance.one(2, 2, 3, 3, 3, 4);
        int pullRequests = chance.from(1, Math.min(3, pipelines));
        boolean together = racy && sometimes(12, Trait.SIMULTANEOUS);
        boolean burst = racy && !together && sometimes(25, Trait.BURST);
        boolean apart = racy && !together && !burst && sometimes(35, Trait.COMMITS_SECONDS_APART);
        Instant at = ScenarioDraw.NINE;
        for (int i = 0; i < pipelines; i++) {
            int pullRequest = i == 0 || (apart && i == 1) ? 0 : chance.from(0, pullRequests - 1);
            if (burst) {
                at = at.plus(chance.seconds(0, 5));
            } else if (apart && i == 1) {
                at = at.plus(chance.seconds(1, 5));
            } else if (!together) {
                at = at.plus(chance.seconds(5, 90));
            }
            starts.add(start(Repository.OURS, FIRST_PULL_REQUEST + pullRequest, at));
        }
    }

    private void race() {
        int first = 0;
        int last = starts.size() - 1;
        Start older = starts.get(first);
        Start newer = starts.get(last);
        if (last > 1 && older.isOfSamePullRequestAs(newer) && sometimes(25, Trait.PUSHED_BACK)) {
            starts.set(last, newer.building(older.sha()));
        }
        if (sometimes(20, Trait.TWIN)) {
            Start one = chance.one(starts);
            starts.add(chance.percent(40) ? one : one.at(one.at().plus(chance.seconds(0, 30))));
        }
        if (sometimes(25, Trait.DELAYED)) {
            int late = chance.from(0, starts.size() - 1);
            Start one = starts.get(late);
            starts.set(late, one.at(one.at().plus(chance.seconds(60, 900))));
        }
        if (sometimes(8, Trait.SECOND_WAVE)) {
            Instant at = ScenarioDraw.NINE.plus(Options.LEAST_CLONE_TTL);
            for (int i = chance.from(2, 3); i > 0; i--) {
                at = at.plus(chance.seconds(0, 90));
                starts.add(start(Repository.OURS, FIRST_PULL_REQUEST + chance.from(0, 2), at));
            }
        }
        if (sometimes(20, Trait.EQUAL_NUMBERS)) {
            Instant at = ScenarioDraw.NINE.plus(chance.seconds(0, 120));
            starts.add(start(Repository.THEIRS, FIRST_PULL_REQUEST, at));
        }
        if (sometimes(4, Trait.NO_PULL_REQUEST)) {
            Instant at = ScenarioDraw.NINE.plus(chance.seconds(0, 120));
            starts.add(start(Repository.OURS, null, at));
        }
    }

    private void runAgain() {
        Start again = starts.get(chance.from(0, Math.min(2, starts.size() - 1)));
        boolean older =
                starts.stream()
                        .anyMatch(start ->
                                again.isOfSamePullRequestAs(start) && again.isBefore(start));
        traits.add(older ? Trait.RERUN_OF_OLDER : Trait.RERUN);
        Sequence order = again.order();
        starts.add(
                again.at(again.at().plus(chance.seconds(20, 360)))
                        .ordered(new Sequence(order.scope(), order.number(), order.attempt() + 1)));
    }

    private Start start(Repository repository, @Nullable Integer pullRequest, Instant at) {
        return new Start(
                repository,
                pullRequest,
                sha(),
                new Sequence(Sequence.NO_SCOPE, 700 + ++pushes, 1)
                        .within("github/acme/" + repository + "/ci.yml"),
                sequenced,
                !sometimes(10, Trait.NOT_WAITING),
                at,
                List.of());
    }

    private String sha() {
        return HexFormat.of().toHexDigits(chance.bits())
                + HexFormat.of().toHexDigits(chance.bits())
                + HexFormat.of().toHexDigits((int) chance.bits());
    }

    private boolean sometimes(int percent, Trait trait) {
        boolean so = chance.percent(percent);
        if (so) {
            traits.add(trait);
        }
        return so;
    }
}

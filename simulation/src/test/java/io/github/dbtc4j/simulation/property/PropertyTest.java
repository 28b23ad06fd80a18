package io.github.dbtc4j.simulation.property;

import static io.github.dbtc4j.simulation.history.HandMade.BASE;
import static io.github.dbtc4j.simulation.history.HandMade.CANCELLED;
import static io.github.dbtc4j.simulation.history.HandMade.SUCCESS;
import static io.github.dbtc4j.simulation.history.HandMade.at;
import static io.github.dbtc4j.simulation.history.HandMade.cancelled;
import static io.github.dbtc4j.simulation.history.HandMade.success;
import static io.github.dbtc4j.simulation.history.HandMade.superseded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.Options;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.sandbox.option.Actor;
import io.github.dbtc4j.simulation.history.HandMade;
import io.github.dbtc4j.simulation.history.InvocationRecord;
import io.github.dbtc4j.simulation.tally.AcceptanceLimits;
import io.github.dbtc4j.simulation.tally.Tally;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// Each rule on the smallest history that breaks it and on one that just does not.
class PropertyTest {

    @Test
    void aHistoryInWhichAllGoesWellBreaksNothing() {
        HandMade history =
                new HandMade().pipeline(1, 80, success(101)).run(101, BASE, 1, 10, 60, SUCCESS);

        assertThat(Property.all(history.look(70, 1).history())).isEmpty();
    }

    @Test
    void whoGivesUpAsksForTheEndOfItsRun() {
        var signalled = new InvocationRecord.Signalled(at(50));
        HandMade left = new HandMade().pipeline(1, 53, signalled).run(101, BASE, 1, 1, 90, SUCCESS);

        assertThat(left.broken(Property.L7)).containsExactly(Violation.UNEXPLAINED);
        assertThat(left.cancel(51, 1, 101).broken(Property.L7)).isEmpty();
        assertThat(
                        new HandMade()
                                .pipeline(1, 53, signalled)
                                .run(101, BASE, 1, 1, 49, SUCCESS)
                                .broken(Property.L7))
                .as("it had ended")
                .isEmpty();
        assertThat(
                        new HandMade()
                                .pipeline(1, 53, signalled)
                                .run(101, BASE, 1, 52.8, 90, SUCCESS)
                                .broken(Property.L7))
                .as("the answer to the trigger came too late")
                .containsExactly(Violation.NO_TIME);
        assertThat(
                        new HandMade()
                                .pipeline(
                                        1,
                                        53,
                                        new InvocationRecord.Ended(
                                                new Verdict.DeadlinePassed(new RunId(101))))
                                .run(101, BASE, 1, 1, 90, SUCCESS)
                                .broken(Property.L7))
                .as("at its deadline")
                .containsExactly(Violation.UNEXPLAINED);
    }

    @Test
    void anExcuseHoldsForFewScenariosOnly() {
        Tally tally = Tally.of(new HandMade().pipeline(1, 90, failed()).history());
        assertThat(tally.count(Property.L1, Violation.THREW)).isZero();

        Tally excused =
                Tally.of(
                        new HandMade()
                                .pipeline(1, 90, failed())
                                .sent(1, 1, "GET", "/runs/", null)
                                .answered(2, 503)
                                .history());
        assertThat(excused.count(Property.L1, Violation.THREW)).isOne();
        assertThat(AcceptanceLimits.breaches(List.of(excused))).as("one").isEmpty();
        Tally many = excused;
        for (int i = 0; i < 9; i++) {
            many = many.plus(excused);
        }
        assertThat(AcceptanceLimits.breaches(List.of(many)))
                .as("ten of ten")
                .singleElement()
                .asString()
                .contains("L1", "excused as “failed” in 10 of 10 scenarios, more than 3.0 %");
    }

    private static InvocationRecord.Ending failed() {
        return new InvocationRecord.Threw("Unavailable", "503");
    }

    @Test
    void successIsOfWhatWasCheckedOut() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 70, success(101))
                        .checkingOut("head")
                        .run(101, BASE, 1, 1, 60, SUCCESS);

        assertThat(history.broken(Property.S8)).containsExactly("another commit was checked out");
    }

    @Test
    void successIsOfTheOwnCommitAndOfASuccessfulRun() {
        HandMade other =
                new HandMade()
                        .pipeline(1, 70, success(102))
                        .pipeline(2, 70, success(102))
                        .run(102, BASE, 2, 1, 60, SUCCESS);
        HandMade failed = new HandMade().pipeline(1, 70, success(101)).run(101, BASE, 1, 1, 60, 20);

        assertThat(other.broken(Property.S8)).containsExactly("another commit");
        assertThat(failed.broken(Property.S8)).containsExactly("no success");
    }

    @Test
    void noTokenLeaks() {
        HandMade history = new HandMade().pipeline(1, 70, success(101));

        assertThat(history.sent(1, 1, "GET", "/runs/?a=b", "{}").broken(Property.S10)).isEmpty();
        assertThat(
                        history.sent(1, 1, "GET", "/runs/?t=" + HandMade.TOKEN, null)
                                .broken(Property.S10))
                .containsExactly("path");
        assertThat(history.told(1, 1, new Event.OddGitSha(HandMade.TOKEN)).broken(Property.S10))
                .containsExactlyInAnyOrder("path", "event");
    }

    @Test
    void anInvocationHasFewRunsAndSendsFewRequestsAMinute() {
        HandMade history = new HandMade().pipeline(1, 900, success(101));
        for (int i = 0; i < 5; i++) {
            history.run(101 + i, BASE, 1, 100 * i, 100 * i + 50, CANCELLED);
        }
        assertThat(history.broken(Property.S11)).isEmpty();
        assertThat(history.run(106, BASE, 1, 600, 650, CANCELLED).broken(Property.S11))
                .containsExactly("runs");

        HandMade busy = new HandMade().pipeline(1, 900, success(101));
        for (int i = 0; i < 80; i++) {
            busy.look(i * 0.5, 1);
        }
        assertThat(busy.broken(Property.S11)).isEmpty();
        assertThat(busy.look(50, 1).broken(Property.S11)).containsExactly("calls");
    }

    @Test
    void theNewestPipelineGetsItsVerdict() {
        HandMade byUs =
                new HandMade()
                        .pipeline(1, 70, cancelled(101))
                        .run(101, BASE, 1, 1, 60, CANCELLED)
                        .cancel(50, 1, 101);
        HandMade byAUser =
                new HandMade()
                        .pipeline(1, 70, cancelled(101))
                        .run(101, BASE, 1, 1, 60, CANCELLED)
                        .cancelled(50, null, 101, Actor.USER);

        assertThat(byUs.broken(Property.L1)).containsExactly("cancelled by us");
        assertThat(byAUser.broken(Property.L1)).isEmpty();
    }

    @Test
    void theNewestPipelineIsSupersededByANewerRunOnly() {
        HandMade history =
                new HandMade()
                        .pipeline(1, 70, superseded(102))
                        .pipeline(2, 70, superseded(101))
                        .run(101, BASE, 1, 1, 60, SUCCESS)
                        .run(102, BASE, 2, 1, 60, SUCCESS);

        assertThat(history.broken(Property.L1)).containsExactly("superseded by an older one");
    }

    @Test
    void aPipelineFailsOnlyWhereThePlatformDoes() {
        var threw = new InvocationRecord.Threw("Unavailable", "no answer");
        HandMade history = new HandMade().pipeline(1, 70, threw).look(10, 1);

        assertThat(history.broken(Property.L1)).containsExactly("failed for no reason");
        assertThat(history.sent(60, 1, "GET", "/runs/", null).answered(61, 503).broken(Property.L1))
                .containsExactly(Violation.THREW);
    }

    @Test
    void aSupersededPipelineEndsSoon() {
        // the newer run can be seen from second 8 on
        assertThat(superseding(60).broken(Property.L2)).isEmpty();
        assertThat(superseding(64).broken(Property.L2)).containsExactly(Violation.UNEXPLAINED);
        assertThat(superseding(64).paused(20, 1, 30).broken(Property.L2)).isEmpty();
    }

    private static HandMade superseding(double ended) {
        return new HandMade()
                .pipeline(1, ended, superseded(102))
                .pipeline(2, 70, success(102))
                .run(101, BASE, 1, 1, 20, CANCELLED)
                .run(102, BASE, 2, 3, 60, SUCCESS);
    }

    @Test
    void noPipelineGoesOnForEver() {
        HandMade going = new HandMade().pipeline(1, 70, new InvocationRecord.StillGoing());
        var passed = new InvocationRecord.Ended(new Verdict.DeadlinePassed(new RunId(101)));
        HandMade late =
                new HandMade()
                        .options(Options.defaults().timeout(Duration.ofSeconds(100)))
                        .pipeline(1, 170, passed);
        HandMade prompt =
                new HandMade()
                        .options(Options.defaults().timeout(Duration.ofSeconds(100)))
                        .pipeline(1, 150, passed);

        assertThat(going.broken(Property.L4)).containsExactly(Violation.UNEXPLAINED);
        assertThat(late.broken(Property.L4)).containsExactly("after its deadline");
        assertThat(prompt.broken(Property.L4)).isEmpty();
        assertThat(prompt.broken(Property.L1)).isEmpty();
    }

    @Test
    void runsOfAPullRequestAreBounded() {
        HandMade history = new HandMade().pipeline(1, 900, success(101));
        for (int i = 0; i < 5; i++) {
            history.run(101 + i, BASE, 1, 100 * i, 100 * i + 50, CANCELLED);
        }
        assertThat(history.broken(Property.L5)).isEmpty();
        assertThat(history.run(106, BASE, 1, 600, 650, CANCELLED).broken(Property.L5)).hasSize(1);
    }

    @Test
    void aRateLimitIsSatOutInSilence() {
        HandMade limited =
                new HandMade()
                        .pipeline(1, 900, success(101))
                        .sent(1, 1, "GET", "/runs/", null)
                        .answered(2, 429);

        assertThat(limited.look(303, 1).broken(Property.L6)).isEmpty();
        assertThat(limited.look(250, 1).broken(Property.L6)).containsExactly(Violation.UNEXPLAINED);
    }
}

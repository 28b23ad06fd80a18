package io.github.dbtc4j.simulation.scenario;

import io.github.dbtc4j.sandbox.fault.Endpoint;
import io.github.dbtc4j.sandbox.fault.Fault;
import io.github.dbtc4j.simulation.world.Profile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Draws what is done to processes and to the platform.
final class ChaosGenerator {

    /// Calls that go wrong by themselves; null for all.
    private static final List<Endpoint> OFTEN =
            List.of(
                    Endpoint.TRIGGER,
                    Endpoint.TRIGGER,
                    Endpoint.CREATE_JOB,
                    Endpoint.CREATE_JOB,
                    Endpoint.CANCEL,
                    Endpoint.DELETE_JOB,
                    Endpoint.LIST_RUNS,
                    Endpoint.LIST_JOBS,
                    Endpoint.GET_RUN,
                    Endpoint.GET_JOB);

    private final Profile profile;
    private final ScenarioChance chance;

    ChaosGenerator(Profile profile, ScenarioChance chance) {
        this.profile = profile;
        this.chance = chance;
    }

    /// The same pipelines with what is done to them.
    List<Scenario.Start> befalling(List<Scenario.Start> starts) {
        return profile.compareTo(Profile.CI) < 0
                ? starts
                : starts.stream().map(start -> start.suffering(fate())).toList();
    }

    /// What is done to the platform.
    List<ChaosEvent.OfWorld> around() {
        var chaos = new ArrayList<ChaosEvent.OfWorld>();
        for (int i = chance.percent(30) ? chance.from(1, 2) : 0; i > 0; i--) {
            chaos.add(new ChaosEvent.ProductionRun(within(180)));
        }
        if (profile.compareTo(Profile.RACES) >= 0) {
            people(chaos);
        }
        if (profile.compareTo(Profile.CI) >= 0 && chance.percent(5)) {
            chaos.add(new ChaosEvent.RotateToken(within(300)));
        }
        if (profile.compareTo(Profile.FAULTS) >= 0) {
            faults(chaos);
        }
        return chaos;
    }

    private List<ChaosEvent.OfProcess> fate() {
        var fate = new ArrayList<ChaosEvent.OfProcess>();
        int call = chance.from(1, chance.one(12, 12, 30));
        if (chance.percent(12)) {
            fate.add(new ChaosEvent.KillAtCall(call, chance.percent(50)));
        } else if (chance.percent(7)) {
            fate.add(new ChaosEvent.PauseAtCall(call, chance.percent(50), pause()));
        } else if (chance.percent(5)) {
            fate.add(new ChaosEvent.Kill(chance.seconds(0, 240)));
        } else if (chance.percent(12)) {
            fate.add(new ChaosEvent.Signal(chance.seconds(0, 240)));
        } else if (chance.percent(5)) {
            fate.add(new ChaosEvent.Pause(chance.seconds(0, 240), pause()));
        }
        if (chance.percent(8)) {
            fate.add(new ChaosEvent.WrongClock(chance.seconds(-600, 600)));
        }
        return fate;
    }

    private Duration pause() {
        return chance.seconds(5, chance.one(30, 120, 600));
    }

    private void people(List<ChaosEvent.OfWorld> chaos) {
        if (chance.percent(1)) {
            chaos.add(new ChaosEvent.ManyRuns(within(60)));
        }
        int pick = chance.from(0, 9);
        if (chance.percent(8)) {
            chaos.add(new ChaosEvent.RunByHand(within(180)));
        }
        if (chance.percent(12)) {
            chaos.add(new ChaosEvent.CancelByHand(within(180), pick));
        }
        if (chance.percent(12)) {
            chaos.add(new ChaosEvent.DeleteClone(within(180), pick));
        }
        if (chance.percent(4)) {
            Instant at = within(180);
            chaos.add(
                    pick % 2 == 0
                            ? new ChaosEvent.ScheduleClone(at, pick)
                            : new ChaosEvent.ChainClone(at, pick));
        }
        if (chance.percent(6)) {
            chaos.add(new ChaosEvent.CopyClone(within(180), pick));
        }
        if (chance.percent(8)) {
            chaos.add(new ChaosEvent.EditBase(within(180)));
        }
    }

    private void faults(List<ChaosEvent.OfWorld> chaos) {
        if (chance.percent(15)) {
            chaos.add(new ChaosEvent.Storm(within(180)));
        }
        int length = chance.from(60, 600);
        for (int i = chance.from(1, 3); i > 0; i--) {
            chaos.add(trouble(within(length / 3)));
        }
        chaos.add(new ChaosEvent.TroublesEnd(ScenarioDraw.NINE.plusSeconds(length)));
    }

    private ChaosEvent.Trouble trouble(Instant at) {
        int code = chance.one(500, 502, 503, 504);
        var answer =
                new Fault.Status(
                        code,
                        chance.one(Fault.Body.ENVELOPE, Fault.Body.HTML, Fault.Body.EMPTY),
                        null);
        var refused = new Fault.Status(429, Fault.Body.DETAIL, Duration.ofSeconds(30));
        Duration late = chance.seconds(31, 80);
        return switch (chance.from(0, 12)) {
            case 0, 1 -> trouble(at, "5xx before the effect", Fault.of(answer));
            case 2, 3 -> trouble(at, "5xx after the effect", Fault.of(answer).after());
            case 4 -> trouble(at, "5xx, and the effect follows", Fault.of(answer).late(late));
            case 5 -> trouble(at, "no answer, no effect", Fault.of(answer).delayed(late));
            case 6 ->
                    trouble(
                            at,
                            "no answer after the effect",
                            Fault.of(answer).after().delayed(late));
            case 7 ->
                    trouble(
                            at,
                            "no answer, and the effect follows",
                            Fault.of(answer).late(late).delayed(Duration.ofSeconds(31)));
            case 8 -> {
                Fault reset = Fault.of(new Fault.Reset(null));
                yield chance.percent(50)
                        ? trouble(at, "reset before the effect", reset)
                        : trouble(at, "reset after the effect", reset.after());
            }
            case 9 ->
                    trouble(
                            at,
                            "half an answer",
                            Fault.of(
                                    chance.percent(50)
                                            ? new Fault.Truncate(chance.from(0, 400))
                                            : new Fault.Reset(chance.from(0, 400))));
            case 10 ->
                    trouble(
                            at,
                            "a page of HTML",
                            Fault.of(new Fault.Status(200, Fault.Body.HTML, null)).after());
            case 11 ->
                    trouble(
                            at,
                            "slow answers",
                            Fault.of(new Fault.Delay()).delayed(chance.seconds(3, 25)));
            default -> trouble(at, "429 for 30 s", Fault.of(refused).times(1));
        };
    }

    private ChaosEvent.Trouble trouble(Instant at, String title, Fault fault) {
        Fault some = chance.percent(70) ? fault.on(chance.one(OFTEN)) : fault;
        if (some.count() == null) {
            some =
                    chance.percent(40)
                            ? some.times(chance.from(1, 2))
                            : some.probability(chance.one(0.1, 0.3, 0.6));
        }
        return new ChaosEvent.Trouble(at, title, some);
    }

    private Instant within(int seconds) {
        return ScenarioDraw.NINE.plus(chance.seconds(0, seconds));
    }
}

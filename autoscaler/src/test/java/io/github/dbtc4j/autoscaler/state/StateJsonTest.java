package io.github.dbtc4j.autoscaler.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.autoscaler.observation.Observer.Coverage;
import io.github.dbtc4j.autoscaler.observation.ObserverMemory;
import io.github.dbtc4j.autoscaler.observation.ObserverMemory.FreshClone;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.Build;
import io.github.dbtc4j.planner.state.CancelRequest;
import io.github.dbtc4j.planner.state.Claim;
import io.github.dbtc4j.planner.state.InvocationState;
import io.github.dbtc4j.planner.state.JobId;
import io.github.dbtc4j.planner.state.ObservedClone;
import io.github.dbtc4j.planner.state.ObservedRun;
import io.github.dbtc4j.planner.state.Provider;
import io.github.dbtc4j.planner.state.PullRequest;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.planner.state.RunStatus;
import io.github.dbtc4j.planner.state.Sequence;
import io.github.dbtc4j.planner.state.UnconfirmedWrite;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

class StateJsonTest {

    private static final Instant TIME = Instant.parse("2026-03-02T09:00:00.123456789Z");
    private static final PullRequest PULL_REQUEST = new PullRequest(Provider.GITLAB, 50);

    /// Every component of every record in it says something.
    private static ReconcilerState full(UnconfirmedWrite write, Verdict verdict) {
        return new ReconcilerState(
                TIME,
                new InvocationState(
                        "0123456789abcdef",
                        new RunId(70_471_823_000_000L),
                        new JobId(2),
                        write,
                        Map.of(
                                new RunId(3), new CancelRequest(TIME, TIME.plusNanos(1)),
                                new RunId(4), new CancelRequest(TIME, TIME)),
                        TIME.plusSeconds(1),
                        Set.of(new RunId(5), new RunId(6)),
                        Set.of(new JobId(7)),
                        Set.of(new JobId(8)),
                        true),
                Coverage.QUEUE,
                write,
                new JobId(2),
                new Budgets(1, 2, 3),
                memory(),
                verdict);
    }

    private static ObserverMemory memory() {
        return new ObserverMemory(
                70_471_822_000_000L,
                List.of(run(11, RunStatus.SUCCESS), run(10, RunStatus.CANCELLED)),
                List.of(run(12, RunStatus.UNKNOWN)),
                Set.of(1L, 2L),
                4,
                run(13, RunStatus.RUNNING),
                TIME.plusSeconds(2),
                List.of(
                        new FreshClone(
                                new ObservedClone(
                                        new JobId(2),
                                        PULL_REQUEST,
                                        ObservedClone.Condition.OUTDATED,
                                        "fedcba9876543210",
                                        TIME),
                                TIME.plusSeconds(3))),
                Set.of(new JobId(9)));
    }

    private static ObservedRun run(long id, RunStatus status) {
        return new ObservedRun(
                new RunId(id),
                new JobId(1),
                status,
                PULL_REQUEST,
                new Claim(
                        new JobId(1),
                        PULL_REQUEST,
                        new Sequence("0011aabb", 7, 2),
                        "1f3a6c0b9d2e",
                        "0123456789abcdef"),
                new Build(
                        3,
                        "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80",
                        "feature/ünïcode",
                        "dbt_cloud_pr_1_50",
                        Map.of(
                                "steps_override",
                                "[\"dbt build\"]",
                                "github_pull_request_id",
                                "50")),
                "1f3a6c0b9d2e4f5a7b8c9d0e1f2a3b4c5d6e7f80",
                new JobId(1),
                TIME,
                TIME.plusSeconds(4),
                TIME.plusSeconds(5),
                true);
    }

    private static final List<UnconfirmedWrite> WRITES =
            List.of(
                    new UnconfirmedWrite.Trigger(new JobId(2), TIME),
                    new UnconfirmedWrite.CreateClone(TIME));

    private static final List<Verdict> VERDICTS =
            List.of(
                    new Verdict.Triggered(new RunId(1)),
                    new Verdict.Succeeded(new RunId(1)),
                    new Verdict.Failed(new RunId(1)),
                    new Verdict.Cancelled(new RunId(1)),
                    new Verdict.Superseded(null, new RunId(2)),
                    new Verdict.Superseded(new RunId(1), new RunId(2)),
                    new Verdict.Conflicted(new RunId(1), new RunId(2)),
                    new Verdict.DeadlinePassed(null),
                    new Verdict.DeadlinePassed(new RunId(1)));

    @Test
    void readsWhatItWrote() {
        for (UnconfirmedWrite write : WRITES) {
            for (Verdict verdict : VERDICTS) {
                ReconcilerState state = full(write, verdict);

                assertThat(ReconcilerState.parse(state.toJson())).isEqualTo(state);
            }
        }
    }

    @Test
    void readsWhatSaysNothingYet() {
        ReconcilerState state = ReconcilerState.initial(TIME, "0123456789abcdef");

        assertThat(ReconcilerState.parse(state.toJson())).isEqualTo(state);
    }

    /// A component that is added later and not written would be lost unseen.
    @Test
    void isTestedWithEveryComponentOfEveryRecord() throws ReflectiveOperationException {
        var silent = new ArrayList<String>();
        for (UnconfirmedWrite write : WRITES) {
            findSilent("state", full(write, VERDICTS.getLast()), silent);
        }

        assertThat(silent).isEmpty();
    }

    private static void findSilent(String path, @Nullable Object value, List<String> silent)
            throws ReflectiveOperationException {
        switch (value) {
            case null -> silent.add(path);
            case Boolean flag when !flag -> silent.add(path);
            case Number number when number.longValue() == 0 -> silent.add(path);
            case Collection<?> all when all.isEmpty() -> silent.add(path);
            case Collection<?> all -> {
                for (Object each : all) {
                    findSilent(path + "[]", each, silent);
                }
            }
            case Map<?, ?> map -> findSilent(path, map.values(), silent);
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    findSilent(
                            path + "." + component.getName(),
                            component.getAccessor().invoke(record),
                            silent);
                }
            }
            default -> {}
        }
    }

    @Test
    void refusesAStateOfAnotherVersion() {
        String json = full(WRITES.getFirst(), VERDICTS.getFirst()).toJson();

        assertThatThrownBy(() ->
                        ReconcilerState.parse(json.replace("\"version\":1,", "\"version\":2,")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version is 2")
                .hasMessageContaining("newer version of dbtc4j");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"version\":1}",
                "{\"version\":1,\"began\":\"yesterday\"}",
                "{\"version\":1,\"began\":\"2026-03-02T09:00:00Z\",\"nonce\":7}"
            })
    void refusesWhatIsNoState(String json) {
        assertThatThrownBy(() -> ReconcilerState.parse(json))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package io.github.dbtc4j.autoscaler;

import static io.github.dbtc4j.autoscaler.Stage.NO_POLL;
import static io.github.dbtc4j.autoscaler.Stage.POLL;
import static io.github.dbtc4j.autoscaler.Stage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.client.model.EnvironmentVariable;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.Reason;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.Sequence;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// The base job's environment variable overrides, which a clone needs and may not be able to have.
class VariableOverridesTest {

    @Test
    void copiesEnvironmentVariableOverridesToTheClone() throws Exception {
        var stage = new Stage();
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_THREADS_CI", "8");
        stage.runOf(51, stage.world.ciJobId());

        Outcome outcome = stage.trigger(50, NO_POLL.cleanup(Cleanup.NEVER));

        assertThat(
                        stage.client
                                .variables()
                                .list(
                                        stage.world.accountId(),
                                        stage.world.projectId(),
                                        run(outcome).jobId())
                                .data())
                .filteredOn(variable -> variable.name().equals("DBT_THREADS_CI"))
                .singleElement()
                .satisfies(variable ->
                        assertThat(Objects.requireNonNull(variable.job()).value()).isEqualTo("8"));
    }

    /// A pipeline was killed when it had made the clone and was about to copy the variables.
    @Test
    void givesAnotherPipelinesCloneTheVariablesItLacks() throws Exception {
        var killed = new AtomicBoolean();
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request -> {
                                    if (request.method().equals("POST")
                                            && request.uri()
                                                    .getPath()
                                                    .contains("environment-variables")
                                            && !killed.getAndSet(true)) {
                                        throw new IllegalStateException("killed");
                                    }
                                    return platform.send(request);
                                });
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_LAYER", "ci");
        stage.runOf(51, stage.world.ciJobId());
        assertThatThrownBy(() -> stage.trigger(50, NO_POLL)).hasMessageContaining("killed");
        long clone = stage.clones().getFirst();
        stage.pass(Duration.ofSeconds(10));

        Run run = run(stage.trigger(50, NO_POLL.cleanup(Cleanup.IDLE)));

        assertThat(run.jobId()).isEqualTo(clone);
        assertThat(layerOf(stage, clone)).isEqualTo("ci");
    }

    /// Races, dedicated, with forged claims, seed 300007463: the base job was read again when its
    /// run had been disturbed, so its secrets were forgotten when the clone was decided on.
    @Test
    void knowsTheSecretsWhenItRunsAgain() throws Exception {
        var stage = new Stage(options -> options.runSlots(5));
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_ENV_SECRET_KEY", "hush");
        long other = stage.world.productionJobIds().getFirst();
        stage.after(Duration.ofMinutes(1), () -> stage.runOf(50, other));
        stage.after(
                Duration.ofMinutes(2),
                () -> {
                    stage.sandbox.editAsUser(
                            stage.world.ciJobId(), Map.of("execute_steps", List.of("dbt test")));
                    stage.sandbox.deleteAsUser(other);
                });

        Outcome outcome = stage.trigger(50, POLL.lanes(LanePolicy.DEDICATED));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        assertThat(stage.told(Event.RunTriggered.class)).hasSize(2);
        assertThat(stage.clonesMade()).isEmpty();
    }

    /// HTTP faults, dedicated, seed 1475: the process stood still while it asked for the variables
    /// of a clone, and triggered on a look from before.
    @Test
    void looksAgainWhereAskingForTheClonesVariablesTookLong() throws Exception {
        var asked = new AtomicReference<Runnable>(() -> {});
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request -> {
                                    if (request.uri().getPath().contains("environment-variables")) {
                                        asked.get().run();
                                    }
                                    return platform.send(request);
                                });
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_LAYER", "ci");
        Options options = NO_POLL.lanes(LanePolicy.DEDICATED).cleanup(Cleanup.IDLE);
        long clone = run(stage.trigger(50, options)).jobId();
        stage.pass(Duration.ofMinutes(10));
        var times = new AtomicInteger();
        asked.set(() -> {
            if (times.incrementAndGet() == 2) {
                stage.runOf(50, stage.world.ciJobId());
                stage.pass(Duration.ofSeconds(16));
            }
        });

        Run run = run(stage.trigger(50, options));

        assertThat(run.jobId()).isEqualTo(clone);
        assertThat(stage.told(Event.CancelRequested.class)).hasSize(1);
    }

    /// Another repository's pull request of equal number keeps the base job busy: what a decision
    /// to clone rests on is read as it is for any other.
    @Test
    void readsWhatACloneNeedsWhereANamesakeKeepsTheBaseJobBusy() throws Exception {
        var stage = new Stage();
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_ENV_SECRET_KEY", "hush");
        Map<String, Object> theirs = stage.payload(50);
        theirs.put("schema_override", "docs_50");
        stage.autoscaler()
                .triggerAutoscalingCiJob(
                        stage.world.accountId(),
                        stage.world.ciJobId(),
                        Payload.of(theirs),
                        NO_POLL.sequence(sequence("docs")));

        stage.trigger(50, NO_POLL.sequence(sequence("shop")));

        assertThat(stage.clonesMade()).isEmpty();
        assertThat(stage.told(Event.CancelRequested.class)).isEmpty();
        assertThat(stage.told(Event.Decided.class))
                .flatExtracting(decided -> decided.plan().reasons())
                .contains(new Reason.SecretsNotClonable(List.of("DBT_ENV_SECRET_KEY")));
    }

    private static Sequence sequence(String scope) {
        return new Sequence(Sequence.NO_SCOPE, 7, 1).within(scope);
    }

    /// HTTP faults, dedicated, seed 36: to read the base job again was to forget its variables, and
    /// the clone for a repeated run was made without them.
    @Test
    void makesTheSecondCloneWithTheVariablesToo() throws Exception {
        var stage = new Stage();
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_LAYER", "ci");
        stage.after(
                Duration.ofSeconds(60),
                () -> {
                    stage.sandbox.editAsUser(
                            stage.world.ciJobId(), Map.of("execute_steps", List.of("dbt test")));
                    stage.sandbox.deleteAsUser(stage.clones().getFirst());
                });

        stage.trigger(50, POLL.lanes(LanePolicy.DEDICATED).cleanup(Cleanup.IDLE));

        assertThat(stage.clonesMade()).hasSize(2);
        assertThat(layerOf(stage, stage.clones().getFirst())).isEqualTo("ci");
    }

    private static @Nullable String layerOf(Stage stage, long job) {
        return stage.client.variables().list(stage.world.accountId(), 1, job).data().stream()
                .filter(variable -> variable.name().equals("DBT_LAYER"))
                .map(EnvironmentVariable::job)
                .filter(Objects::nonNull)
                .map(EnvironmentVariable.Value::value)
                .findFirst()
                .orElse(null);
    }

    @Test
    void queuesRatherThanCloneAJobWithSecretOverrides() throws Exception {
        var stage = new Stage();
        stage.sandbox.setVariableAsUser(stage.world.ciJobId(), "DBT_ENV_SECRET_KEY", "hush");
        stage.runOf(51, stage.world.ciJobId());

        Outcome outcome = stage.trigger(50, NO_POLL);

        assertThat(run(outcome).jobId()).isEqualTo(stage.world.ciJobId());
        assertThat(stage.told(Event.Decided.class).getFirst().plan().reasons())
                .contains(new Reason.SecretsNotClonable(List.of("DBT_ENV_SECRET_KEY")));
    }
}

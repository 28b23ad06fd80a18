package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.autoscaler.state.Journal;
import io.github.dbtc4j.autoscaler.state.ReconcilerState;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.planner.state.RunId;
import io.github.dbtc4j.sandbox.option.RunView;
import io.github.dbtc4j.sandbox.option.SandboxEvent;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// A process dies at any of its calls, and another one goes on from the state it saved last.
class ResumeTest {

    private static final Options WAITING = Options.defaults().shouldPoll(true);

    /// What no code of the product catches.
    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    /// One pull request's story, told by processes of which each may die.
    private static final class Story {

        private final Stage stage;
        private final Options options;
        private int calls;
        private int diesAt;
        private boolean afterEffect;
        private @Nullable String saved;
        private final Set<String> writes = new TreeSet<>();
        private final List<String> unsaved = new ArrayList<>();

        Story(Options options) {
            this.options = options;
            this.stage = new Stage(sandbox -> sandbox, this::mortal);
        }

        private Transport mortal(Transport platform) {
            return request -> {
                if (request.method().equals("POST") && saved != null) {
                    check(request, ReconcilerState.parse(saved));
                }
                if (++calls != diesAt) {
                    return platform.send(request);
                }
                if (afterEffect) {
                    platform.send(request);
                }
                throw new Death();
            };
        }

        private void check(Request request, ReconcilerState before) {
            List<String> path = List.of(request.uri().getPath().split("/"));
            String kind = path.getLast();
            writes.add(kind);
            boolean wasSaved =
                    switch (kind) {
                        case "run", "jobs" -> before.sending() != null;
                        case "cancel" ->
                                before.own()
                                        .cancelRequests()
                                        .containsKey(new RunId(Long.parseLong(path.get(6))));
                        default -> before.own().ownClone() != null;
                    };
            if (!wasSaved) {
                unsaved.add(kind + " " + before.toJson());
            }
        }

        /// Plays on until the verdict, with a new process after each death.
        Outcome play() throws InterruptedException {
            while (true) {
                try {
                    return liveOn();
                } catch (Death e) {
                    stage.pass(Duration.ofSeconds(20));
                }
            }
        }

        private Outcome liveOn() throws InterruptedException {
            Reconciler reconciler =
                    stage.autoscaler()
                            .reconciler(
                                    stage.world.accountId(),
                                    stage.world.ciJobId(),
                                    Payload.of(stage.payload(50)),
                                    options,
                                    journal());
            ReconcilerState state =
                    saved == null ? reconciler.initialState() : ReconcilerState.parse(saved);
            while (true) {
                switch (reconciler.pass(state)) {
                    case Pass.Waiting(ReconcilerState next, Duration pause) -> {
                        save(next);
                        state = next;
                        stage.sleep(pause);
                    }
                    case Pass.Concluded(Outcome outcome) -> {
                        return outcome;
                    }
                }
            }
        }

        private Journal journal() {
            return this::save;
        }

        private void save(ReconcilerState state) {
            String json = state.toJson();
            assertThat(ReconcilerState.parse(json)).isEqualTo(state);
            saved = json;
        }

        private List<RunView> runs() {
            return stage.sandbox.runs().stream()
                    .filter(run -> run.cause().contains("dbtc4j/1"))
                    .toList();
        }
    }

    private static void atEveryCall(Options options, Consumer<Stage> before) throws Exception {
        var undisturbed = new Story(options);
        before.accept(undisturbed.stage);
        undisturbed.play();
        int calls = undisturbed.calls;
        assertThat(calls).as("calls of a life without deaths").isGreaterThan(4);
        for (boolean afterEffect : List.of(false, true)) {
            for (int call = 1; call <= calls; call++) {
                var story = new Story(options);
                before.accept(story.stage);
                story.diesAt = story.calls + call;
                story.afterEffect = afterEffect;

                Outcome outcome = story.play();

                String where = "died %s call %d".formatted(afterEffect ? "after" : "before", call);
                RunId run = new RunId(story.runs().getFirst().id());
                assertThat(outcome.verdict()).as(where).isEqualTo(new Verdict.Succeeded(run));
                assertThat(story.runs()).as(where).hasSize(1);
                assertThat(story.stage.clones()).as(where).isEmpty();
                assertThat(story.stage.clonesMade()).as(where).hasSizeLessThan(2);
            }
        }
    }

    @Test
    void endsWithOneRunWhereverAProcessDiesOnTheBaseJob() throws Exception {
        atEveryCall(WAITING, stage -> {});
    }

    @Test
    void endsWithOneRunAndNoCloneWhereverAProcessDies() throws Exception {
        atEveryCall(
                WAITING,
                stage -> {
                    stage.sandbox.setVariableAsUser(
                            stage.world.ciJobId(), "DBT_TARGET", "pull_request");
                    stage.runOf(7, stage.world.ciJobId());
                    stage.pass(Duration.ofSeconds(20));
                });
    }

    @Test
    void endsWithOneRunOnADedicatedLaneWhereverAProcessDies() throws Exception {
        atEveryCall(WAITING.lanes(LanePolicy.DEDICATED), stage -> {});
    }

    @Test
    void cancelsAStaleRunWhereverAProcessDies() throws Exception {
        var undisturbed = new Story(WAITING);
        long stale = undisturbed.stage.runOf(50, undisturbed.stage.world.ciJobId());
        undisturbed.play();
        for (int call = 1; call <= undisturbed.calls; call++) {
            var story = new Story(WAITING);
            story.stage.runOf(50, story.stage.world.ciJobId());
            story.stage.pass(Duration.ofSeconds(20));
            story.diesAt = story.calls + call;

            Outcome outcome = story.play();

            assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
            assertThat(story.stage.run(stale).status()).isEqualTo(30);
            assertThat(story.runs()).as("died before call " + call).hasSize(1);
        }
    }

    @Test
    void savesWhatItIsAboutToDoBeforeEachWrite() throws Exception {
        var story = new Story(WAITING);
        story.stage.runOf(7, story.stage.world.ciJobId());
        story.stage.runOf(50, story.stage.world.ciJobId());
        story.stage.pass(Duration.ofSeconds(20));

        story.play();

        assertThat(story.unsaved).isEmpty();
        assertThat(story.writes).contains("cancel", "jobs", "run");
    }

    @Test
    void tellsThatItGoesOnWhereAnotherProcessEnded() throws Exception {
        var story = new Story(WAITING);
        story.afterEffect = true;
        story.diesAt = triggerOf(story);

        story.play();

        assertThat(story.stage.told(Event.WriteInterrupted.class)).hasSize(1);
        assertThat(story.stage.told(Event.RunFound.class)).hasSize(1);
    }

    /// The call that triggers the run.
    private static int triggerOf(Story like) throws InterruptedException {
        var story = new Story(like.options);
        int[] trigger = new int[1];
        story.stage.sandbox.listen(event -> {
            if (event instanceof SandboxEvent.RunQueued) {
                trigger[0] = story.calls;
            }
        });
        story.play();
        return trigger[0];
    }
}

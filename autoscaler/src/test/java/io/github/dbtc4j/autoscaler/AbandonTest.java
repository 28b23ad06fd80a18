package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.sandbox.option.RunView;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// An invocation stopped by a signal leaves no run behind, even where the response to the trigger
/// comes later.
///
/// The thread that works and the one that a signal starts take turns here: each goes on only while
/// the other waits.
class AbandonTest {

    private static final Options OPTIONS = Options.defaults().shouldPoll(true);

    private final Stage stage = new Stage();
    private final Transport platform = stage.sandbox.transport(stage::now);
    private final CompletableFuture<Abandonment> came = new CompletableFuture<>();
    private final CompletableFuture<Void> waits = new CompletableFuture<>();
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private boolean answersInTime;
    private Autoscaler autoscaler = autoscaler(platform);

    /// The stage, in which the second thread waits as long as the first works.
    private final class Turns implements SystemContext {

        @Override
        public Instant now() {
            return stage.now();
        }

        @Override
        public long nanoTime() {
            return stage.nanoTime();
        }

        @Override
        public long random() {
            return stage.random();
        }

        @Override
        public void sleep(Duration duration) {
            if (Thread.currentThread().getName().equals("signal")) {
                waits.complete(null);
                if (answersInTime) {
                    answered.join();
                }
                stage.sleep(duration);
            } else {
                if (waits.isDone()) {
                    answered.complete(null);
                    came.join();
                }
                stage.sleep(duration);
            }
        }
    }

    private Autoscaler autoscaler(Transport transport) {
        var system = new Turns();
        var client =
                new DbtCloudClient(
                        ClientOptions.defaults()
                                .host("cloud.getdbt.com")
                                .token(stage.world.token())
                                .transport(transport)
                                .system(system));
        return new Autoscaler(client, system, stage.told::add);
    }

    private static boolean isTrigger(Request request) {
        return request.method().equals("POST") && request.uri().getPath().endsWith("/run/");
    }

    private void signal() {
        new Thread(() -> came.complete(autoscaler.abandon()), "signal").start();
    }

    private Outcome trigger() throws InterruptedException {
        return autoscaler.triggerAutoscalingCiJob(
                stage.world.accountId(),
                stage.world.ciJobId(),
                Payload.of(stage.payload(50)),
                OPTIONS);
    }

    private List<RunView> runs() {
        return stage.sandbox.runs();
    }

    @Test
    void cancelsTheRunWhoseTriggerIsAnsweredAfterTheSignal() throws Exception {
        answersInTime = true;
        autoscaler =
                autoscaler(request -> {
                    if (isTrigger(request)) {
                        signal();
                        CompletableFuture.anyOf(waits, came).join();
                    }
                    return platform.send(request);
                });

        trigger();

        assertThat(came.join()).isEqualTo(Abandonment.CANCEL_REQUESTED);
        assertThat(runs()).singleElement().satisfies(run -> assertThat(run.status()).isEqualTo(30));
        assertThat(stage.told(Event.CancelRequested.class)).hasSize(1);
    }

    @Test
    void cancelsRunOfAbandonedTrigger() throws Exception {
        autoscaler =
                autoscaler(request -> {
                    if (isTrigger(request)) {
                        signal();
                        assertThat(came.join()).isEqualTo(Abandonment.NO_ANSWER);
                    }
                    return platform.send(request);
                });

        trigger();

        assertThat(Duration.between(Stage.START, stage.now())).isLessThan(Duration.ofMinutes(2));
        assertThat(runs()).singleElement().satisfies(run -> assertThat(run.status()).isEqualTo(30));
    }

    @Test
    void waitsForTheAnswerNoLongerThanCiSystemsDo() throws Exception {
        autoscaler =
                autoscaler(request -> {
                    if (isTrigger(request)) {
                        var before = stage.now();
                        signal();
                        came.join();
                        assertThat(Duration.between(before, stage.now()))
                                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
                    }
                    return platform.send(request);
                });

        trigger();

        assertThat(came).isCompletedWithValue(Abandonment.NO_ANSWER);
    }

    @Test
    void triggersNoSecondTimeWhereTheAnswerIsLost() {
        answersInTime = true;
        autoscaler =
                autoscaler(request -> {
                    if (isTrigger(request)) {
                        signal();
                        CompletableFuture.anyOf(waits, came).join();
                        return Response.of(500, Map.of(), "<html><title>Uh oh!</title></html>");
                    }
                    return platform.send(request);
                });

        assertThatThrownBy(this::trigger)
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("no further run was triggered");
        assertThat(came.join()).isEqualTo(Abandonment.NO_ANSWER);
        assertThat(runs()).isEmpty();
    }

    @Test
    void triggersNothingWhenToldBeforeAnythingWasDecided() {
        autoscaler =
                autoscaler(request -> {
                    came.complete(autoscaler.abandon());
                    return platform.send(request);
                });

        assertThatThrownBy(this::trigger).isInstanceOf(InterruptedException.class);
        assertThat(came.join()).isEqualTo(Abandonment.NO_RUN);
        assertThat(runs()).isEmpty();
    }

    @Test
    void knowsOfNoRunAfterARefusedTrigger() throws IOException {
        var refusal = Response.of(429, Map.of("Retry-After", "60"), "");
        autoscaler =
                autoscaler(request -> {
                    if (isTrigger(request)) {
                        return refusal;
                    }
                    if (stage.told(Event.Decided.class).size() > 0
                            && !came.isDone()
                            && stage.now().isAfter(Stage.START.plusSeconds(30))) {
                        came.complete(autoscaler.abandon());
                    }
                    return platform.send(request);
                });

        assertThatThrownBy(this::trigger).isInstanceOf(InterruptedException.class);
        assertThat(came.join()).isEqualTo(Abandonment.NO_RUN);
        assertThat(runs()).isEmpty();
    }
}

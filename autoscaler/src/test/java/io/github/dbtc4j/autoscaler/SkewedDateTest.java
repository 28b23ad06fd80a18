package io.github.dbtc4j.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.autoscaler.clone.Reaper;
import io.github.dbtc4j.autoscaler.doctor.Doctor;
import io.github.dbtc4j.autoscaler.doctor.Finding;
import io.github.dbtc4j.autoscaler.event.Event;
import io.github.dbtc4j.autoscaler.payload.Payload;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.SystemContext;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.planner.Cleanup;
import io.github.dbtc4j.planner.LanePolicy;
import io.github.dbtc4j.planner.Planner;
import io.github.dbtc4j.planner.Verdict;
import io.github.dbtc4j.sandbox.option.Assumption;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/// A proxy may answer with a `Date` of its own, far from the times the platform writes.
class SkewedDateTest {

    private static final Options OPTIONS = Options.defaults().shouldPoll(true);

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, -60, 60, 3_600, 86_400})
    void delaysNothingOnTheBaseJob(long skew) throws Exception {
        assertThat(duration(Duration.ofSeconds(skew), LanePolicy.BASE_FIRST, false))
                .isLessThan(duration(null, LanePolicy.BASE_FIRST, false).plusMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, -60, 60, 3_600, 86_400})
    void delaysNothingOnAClone(long skew) throws Exception {
        for (LanePolicy lanes : LanePolicy.values()) {
            assertThat(duration(Duration.ofSeconds(skew), lanes, true))
                    .isLessThan(duration(null, lanes, true).plusMinutes(1));
        }
    }

    /// A clone that its pull request used five minutes ago is not idle, even if a proxy's date says
    /// so.
    @ParameterizedTest
    @ValueSource(longs = {3_600, 86_400})
    void takesNoCloneForIdleTooEarly(long skew) throws Exception {
        var stage =
                new Stage(
                        options -> options,
                        transport -> skewed(transport, Duration.ofSeconds(skew)));
        stage.runOf(51, stage.world.ciJobId());
        stage.trigger(50, OPTIONS.cleanup(Cleanup.IDLE));
        assertThat(stage.clones()).hasSize(1);
        stage.pass(Duration.ofMinutes(5));

        var reaper = new Reaper(stage.client, stage, stage.told::add);
        var clones = reaper.inspect(stage.world.accountId(), null);
        reaper.reap(stage.world.accountId(), clones, Options.LEAST_CLONE_TTL);
        stage.trigger(52);

        assertThat(stage.clones()).hasSize(1);
        stage.pass(Duration.ofMinutes(30));
        stage.trigger(53);
        assertThat(stage.clones()).as("idle by any clock").isEmpty();
    }

    /// With forged claims, HTTP faults, dedicated, seed 300021035: a run ended while a look waited
    /// for the rate limit, and the platform's time was put ahead by that wait: a fresh clone
    /// counted as one that every list shows.
    @Test
    void takesNoFreshCloneForOldAfterALookThatTookMinutes() throws Exception {
        var stood = new AtomicReference<Runnable>(() -> {});
        var posts = new ArrayList<Instant>();
        var clock = new AtomicReference<InstantSource>();
        var stage =
                new Stage(
                        options -> options,
                        platform ->
                                request -> {
                                    if (request.uri().getPath().endsWith("/runs/")) {
                                        stood.getAndSet(() -> {}).run();
                                    }
                                    if (request.method().equals("POST")) {
                                        posts.add(clock.get().instant());
                                    }
                                    return platform.send(request);
                                });
        clock.set(stage::now);
        stage.productionRun();
        stood.set(() -> stage.pass(Duration.ofMinutes(8)));

        stage.trigger(50, OPTIONS.lanes(LanePolicy.DEDICATED));

        assertThat(posts).as("the clone and its run").hasSize(2);
        assertThat(Duration.between(posts.getFirst(), posts.getLast()))
                .isGreaterThanOrEqualTo(Planner.VISIBILITY_DELAY);
    }

    /// What vanished with its job is dated by what the platform wrote, not by a proxy.
    @ParameterizedTest
    @ValueSource(longs = {-86_400, -3_600, -60, 0, 60})
    void countsARunThatVanishedWithItsJob(long skew) throws Exception {
        var stage =
                new Stage(
                        options ->
                                options.runSlots(5)
                                        .with(Assumption.RunsOfDeletedJobInLists.HIDDEN)
                                        .with(Assumption.ReadOfDeletedJobsRun.NOT_FOUND),
                        transport -> skewed(transport, Duration.ofSeconds(skew)));
        long other = stage.world.productionJobIds().getFirst();
        stage.after(Duration.ofMinutes(1), () -> stage.runOf(50, other));
        stage.after(Duration.ofMinutes(2), () -> stage.sandbox.deleteAsUser(other));

        stage.trigger(50, OPTIONS);

        assertThat(stage.told(Event.RunTriggered.class)).hasSize(2);
    }

    /// The machine's clock is set forward, as after a virtual machine's sleep: no delay counts as
    /// over before it is.
    @Test
    void waitsAsLongWhereTheMachinesClockJumps() throws Exception {
        var stage = new Stage();
        var jump = new AtomicReference<>(Duration.ZERO);
        SystemContext jumping =
                new SystemContext() {
                    @Override
                    public Instant now() {
                        return stage.now().plus(jump.get());
                    }

                    @Override
                    public long nanoTime() {
                        return stage.nanoTime();
                    }

                    @Override
                    public void sleep(Duration duration) {
                        stage.sleep(duration);
                    }

                    @Override
                    public long random() {
                        return stage.random();
                    }
                };
        stage.after(Duration.ofMinutes(1), () -> jump.set(Duration.ofMinutes(10)));

        new Autoscaler(stage.client, jumping, stage.told::add)
                .triggerAutoscalingCiJob(
                        stage.world.accountId(),
                        stage.world.ciJobId(),
                        Payload.of(stage.payload(50)),
                        OPTIONS);

        Instant ended = Objects.requireNonNull(stage.sandbox.runs().getLast().finishedAt());
        assertThat(stage.now()).isAfterOrEqualTo(ended.plus(Planner.VISIBILITY_DELAY));
    }

    @ParameterizedTest
    @CsvSource({"-3600, true", "-60, true", "0, false", "60, false"})
    void aCheckUpSeesADateThatIsBehindARun(long skew, boolean seen) throws Exception {
        var stage =
                new Stage(
                        options -> options,
                        transport -> skewed(transport, Duration.ofSeconds(skew)));
        stage.runOf(51, stage.world.ciJobId());

        List<Finding> findings =
                Doctor.of(
                        stage.client,
                        stage,
                        stage.world.accountId(),
                        stage.world.ciJobId(),
                        Duration.ofMinutes(30));

        List<Finding> expected =
                seen ? List.of(new Finding.DateIsBehind(Duration.ofSeconds(-skew))) : List.of();
        assertThat(findings).filteredOn(Finding.DateIsBehind.class::isInstance).isEqualTo(expected);
    }

    /// How long, by virtual time, until the verdict.
    private static Duration duration(@Nullable Duration skew, LanePolicy lanes, boolean busy)
            throws Exception {
        var stage = new Stage(options -> options, transport -> skewed(transport, skew));
        if (busy) {
            stage.runOf(51, stage.world.ciJobId());
            stage.pass(Duration.ofSeconds(60));
        }
        Instant began = stage.now();

        Outcome outcome = stage.trigger(50, OPTIONS.lanes(lanes));

        assertThat(outcome.verdict()).isInstanceOf(Verdict.Succeeded.class);
        return Duration.between(began, stage.now());
    }

    private static Transport skewed(Transport transport, @Nullable Duration skew) {
        return request -> {
            Response response = transport.send(request);
            if (skew == null) {
                return response;
            }
            Map<String, String> headers = new HashMap<>(response.headers());
            headers.computeIfPresent("date", (_, date) -> moved(date, skew));
            return new Response(response.status(), headers, response.body());
        };
    }

    private static String moved(String date, Duration by) {
        Instant moment = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)).plus(by);
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atOffset(ZoneOffset.UTC));
    }
}

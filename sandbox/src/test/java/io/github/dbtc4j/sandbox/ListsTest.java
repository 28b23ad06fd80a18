package io.github.dbtc4j.sandbox;

import static io.github.dbtc4j.sandbox.Platform.V2;
import static io.github.dbtc4j.sandbox.Platform.ids;
import static io.github.dbtc4j.sandbox.Platform.json;
import static io.github.dbtc4j.sandbox.Platform.map;
import static io.github.dbtc4j.sandbox.Platform.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@NullUnmarked
class ListsTest {

    private static final String RUNS = V2 + "/runs/";

    private final Platform platform = Platform.with();

    @Test
    void runsComeInTheOrderOfTheirIdsAtMostAHundred() {
        List<Long> runs = triggered(120);

        assertThat(ids(platform.get(RUNS))).isEqualTo(runs.subList(0, 100));
        assertThat(ids(platform.get(RUNS + "?order_by=-id&limit=3")))
                .isEqualTo(runs.reversed().subList(0, 3));
        assertThat(ids(platform.get(RUNS + "?offset=100"))).isEqualTo(runs.subList(100, 120));
        assertThat(ids(platform.get(RUNS + "?id__gt=" + runs.get(99))))
                .isEqualTo(runs.subList(100, 120));
        assertThat(ids(platform.get(RUNS + "?offset=500"))).isEmpty();
    }

    @Test
    void theExtraBlockEchoesFiltersAndCounts() {
        triggered(5);
        var extra =
                map(
                        json(
                                platform.get(
                                        RUNS
                                                + "?limit=2&status__in=[1,"
                                                + " 2]&job_definition_id=1&include_related=trigger")),
                        "extra");

        assertThat(extra)
                .containsEntry("order_by", "id")
                .containsEntry("pagination", Map.of("count", 2L, "total_count", 5L));
        assertThat(map(extra, "filters"))
                .isEqualTo(
                        Map.of(
                                "limit",
                                2L,
                                "offset",
                                0L,
                                "state",
                                "all",
                                "account_id",
                                1L,
                                "status__in",
                                List.of(1L, 2L),
                                "job_definition_id",
                                1L));
        assertThat(map(map(json(platform.get(V2 + "/jobs/")), "extra"), "filters"))
                .containsEntry("state", "active");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status__in=[2, 3]",
                "status__in=[2,3]",
                "status__in=2&status__in=3",
                "status=2"
            })
    void statusesCanBeAskedForInEveryEncoding(String filter) {
        long starting = platform.nextTakes(30, 60).trigger(1);
        platform.trigger(1);
        platform.afterSeconds(5);

        assertThat(ids(platform.get(RUNS + "?" + filter))).containsExactly(starting);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trigger,job",
                "trigger, job",
                "[\"trigger\",\"job\"]",
                "[trigger,job]",
                "['trigger','job']",
                "trigger&include_related=job"
            })
    void relatedObjectsCanBeAskedForInEveryEncoding(String related) {
        platform.trigger(1);

        Map<String, Object> run =
                rows(platform.get(RUNS + "?include_related=" + related)).getFirst();
        assertThat(run.get("trigger")).isNotNull();
        assertThat(run.get("job")).isNotNull();
    }

    @Test
    void withoutAskingRelatedObjectsAreNullAndStepsAreNeverListed() {
        platform.trigger(1);
        platform.settle();

        assertThat(rows(platform.get(RUNS)).getFirst())
                .containsEntry("trigger", null)
                .containsEntry("job", null)
                .containsEntry("environment", null);
        assertThat(rows(platform.get(RUNS + "?include_related=run_steps")).getFirst())
                .containsEntry("run_steps", List.of());
    }

    @Test
    void runsAreFilteredByWhatTheyBelongTo() {
        long other = platform.createJob("environment_id", 2);
        long one = platform.trigger(1);
        long two = platform.trigger(other);
        long three = platform.trigger(platform.sandbox.world().productionJobIds().getLast());

        assertThat(ids(platform.get(RUNS + "?job_definition_id=1"))).containsExactly(one);
        assertThat(ids(platform.get(RUNS + "?job_definition_id=99"))).isEmpty();
        assertThat(ids(platform.get(RUNS + "?environment_id=2"))).containsExactly(two);
        assertThat(ids(platform.get(RUNS + "?project_id=2"))).containsExactly(three);
        assertThat(ids(platform.get(RUNS + "?project_id__in=[1]"))).containsExactly(one, two);
        assertThat(ids(platform.get(RUNS + "?pk=" + two))).containsExactly(two);
        assertThat(ids(platform.get(RUNS + "?pk__in=[" + one + "," + three + "]")))
                .containsExactly(one, three);
        assertThat(ids(platform.get(RUNS + "?dbt_version=latest"))).hasSize(3);
        assertThat(ids(platform.get(RUNS + "?dbt_version__in=[\"1.5\"]"))).isEmpty();
        assertThat(ids(platform.get(RUNS + "?has_docs_generated=true"))).isEmpty();
        assertThat(ids(platform.get(RUNS + "?state=deleted"))).isEmpty();
    }

    @Test
    void runsAreFilteredAndOrderedByTime() {
        long one = platform.nextTakes(10, 900).trigger(1);
        platform.after(Duration.ofMinutes(5));
        long two = platform.nextTakes(10, 60).trigger(platform.createJob());
        platform.settle();

        assertThat(
                        ids(
                                platform.get(
                                        RUNS
                                                + "?created_at__range=[\"2026-03-02T09:04:00Z\",\"2026-03-03\"]")))
                .containsExactly(two);
        assertThat(
                        ids(
                                platform.get(
                                        RUNS
                                                + "?finished_at__range=['2026-03-02"
                                                + " 09:10:00','2026-03-02T09:30:00Z']")))
                .containsExactly(one);
        assertThat(ids(platform.get(RUNS + "?order_by=finished_at"))).containsExactly(two, one);
        assertThat(ids(platform.get(RUNS + "?order_by=-finished_at"))).containsExactly(one, two);
        assertThat(ids(platform.get(RUNS + "?order_by=-created_at"))).containsExactly(two, one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=x",
                "limit=-1",
                "offset=-1",
                "status__in=[a]",
                "order_by=status",
                "state=gone",
                "created_at__range=[1]",
                "has_docs_generated=maybe"
            })
    void whatCannotBeReadIsRefused(String query) {
        assertThat(platform.get(RUNS + "?" + query).status()).isEqualTo(400);
    }

    @Test
    void unknownParametersAreRefusedAsRecorded() {
        var response = platform.get(RUNS + "?created_at__lte=2&created_at__gte=1");

        assertThat(response.status()).isEqualTo(400);
        assertThat(json(response))
                .containsEntry(
                        "data",
                        "Additional properties are not allowed ('created_at__gte',"
                                + " 'created_at__lte' were unexpected)");
    }

    @Test
    void aLimitAbove100IsRefusedCappedOrAccepted() {
        triggered(110);

        assertThat(platform.get(RUNS + "?limit=101").status()).isEqualTo(400);
        platform.sandbox.switches(AssumptionSet.defaults().with(Assumption.LimitAbove100.CAPPED));
        assertThat(ids(platform.get(RUNS + "?limit=101"))).hasSize(100);
        platform.sandbox.switches(AssumptionSet.defaults().with(Assumption.LimitAbove100.ACCEPTED));
        assertThat(ids(platform.get(RUNS + "?limit=105"))).hasSize(105);
    }

    @Test
    void jobsAreFilteredAndOrdered() {
        long clone = platform.createJob("name", "CI [CLONED 2026] pr-50");

        assertThat(ids(platform.get(V2 + "/jobs/"))).containsExactly(1L, 2L, 3L, 4L, 5L, clone);
        assertThat(ids(platform.get(V2 + "/jobs/?name__icontains=[cloned"))).containsExactly(clone);
        assertThat(ids(platform.get(V2 + "/jobs/?project_id=2"))).containsExactly(4L);
        assertThat(ids(platform.get(V2 + "/jobs/?project_id__in=[2]"))).containsExactly(4L);
        assertThat(ids(platform.get(V2 + "/jobs/?environment_id=2"))).containsExactly(2L, 3L);
        assertThat(ids(platform.get(V2 + "/jobs/?triggers_schedule=true")))
                .containsExactly(2L, 3L, 4L);
        assertThat(ids(platform.get(V2 + "/jobs/?pk=3"))).containsExactly(3L);
        assertThat(ids(platform.get(V2 + "/jobs/?order_by=-id&limit=1"))).containsExactly(clone);
        assertThat(ids(platform.get(V2 + "/jobs/?order_by=name&limit=1"))).containsExactly(1L);
        assertThat(platform.get(V2 + "/jobs/?job_type=ci").status()).isEqualTo(400);
    }

    @Test
    void newRunsAndJobsMayShowUpLateAndOutOfOrder() {
        Platform lagging =
                new Platform(
                        Platform.quiet()
                                .pace(
                                        Platform.quiet()
                                                .pace()
                                                .visibilityLag(Duration.ofSeconds(4))));
        var runs = new ArrayList<Long>();
        for (int i = 0; i < 20; i++) {
            runs.add(lagging.trigger(1));
        }
        long job = lagging.createJob();
        List<Long> early = ids(lagging.afterSeconds(2).get(RUNS));

        assertThat(early).hasSizeBetween(1, 19).isNotEqualTo(runs.subList(0, early.size()));
        assertThat(lagging.run(runs.getLast())).containsKey("id");
        assertThat(ids(lagging.afterSeconds(2).get(RUNS))).isEqualTo(runs);
        assertThat(ids(lagging.get(V2 + "/jobs/"))).contains(job);
    }

    private List<Long> triggered(int count) {
        platform.sandbox.switches(
                AssumptionSet.defaults().with(Assumption.TriggerBeyondQueueLimit.ACCEPTED));
        var runs = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            runs.add(platform.trigger(1));
        }
        platform.sandbox.switches(AssumptionSet.defaults());
        return runs;
    }
}

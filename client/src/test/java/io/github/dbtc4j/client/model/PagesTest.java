package io.github.dbtc4j.client.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.http.Request;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.http.Transport;
import io.github.dbtc4j.http.VirtualTime;
import io.github.dbtc4j.http.json.Json;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;

class PagesTest {

    /// A platform with some rows, which lists them as the real one does.
    private static final class Listing implements Transport {

        final List<Long> ids = new ArrayList<>();
        final List<String> queries = new ArrayList<>();
        boolean counts = true;
        boolean ignoresIdGreaterThan;
        int mostRows = 100;
        Runnable afterEachPage = () -> {};

        Listing(long rows) {
            // ids beyond 32 bits, with gaps
            LongStream.rangeClosed(1, rows).map(i -> 70403103936000L + 3 * i).forEach(ids::add);
        }

        @Override
        public Response send(Request request) {
            queries.add(request.uri().getRawQuery());
            Map<String, String> query = parameters(request.uri());
            int limit = Math.min(mostRows, Integer.parseInt(query.getOrDefault("limit", "100")));
            int offset = Integer.parseInt(query.getOrDefault("offset", "0"));
            long after = Long.parseLong(query.getOrDefault("id__gt", "0"));
            Predicate<Long> matches = id -> ignoresIdGreaterThan || id > after;
            List<Long> all = ids.stream().filter(matches).sorted().toList();
            List<Map<String, @Nullable Object>> rows =
                    all.stream().skip(offset).limit(limit).map(Listing::row).toList();
            Map<String, Object> envelope = new LinkedHashMap<>();
            envelope.put("status", Map.of("code", 200, "is_success", true));
            envelope.put("data", rows);
            Map<String, Object> pagination = new LinkedHashMap<>();
            pagination.put("count", rows.size());
            if (counts) {
                pagination.put("total_count", all.size());
            }
            envelope.put("extra", Map.of("order_by", "id", "pagination", pagination));
            afterEachPage.run();
            String date = "Tue, 03 Mar 2026 08:00:0" + Math.min(9, queries.size()) + " GMT";
            return Response.of(200, Map.of("date", date), Json.write(envelope));
        }

        private static Map<String, @Nullable Object> row(long id) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("id", id);
            for (String name :
                    List.of("account_id", "project_id", "environment_id", "job_definition_id")) {
                row.put(name, 1L);
            }
            row.put("name", "job " + id);
            row.put("status", 10L);
            row.put("created_at", "2024-05-27 10:42:16.179903+00:00");
            row.put("surprise", null);
            return row;
        }

        private static Map<String, String> parameters(URI uri) {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String parameter : uri.getQuery().split("&", -1)) {
                int equals = parameter.indexOf('=');
                parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
            return parameters;
        }

        DbtCloudClient client() {
            return new DbtCloudClient(
                    ClientOptions.defaults()
                            .token("t0ken")
                            .transport(this)
                            .system(new VirtualTime(1)));
        }

        List<Long> runs() {
            return client().runs().list(1, RunQuery.all()).data().stream().map(Run::id).toList();
        }

        List<Long> jobs() {
            return client().jobs().list(1, JobQuery.all()).data().stream().map(Job::id).toList();
        }
    }

    @Test
    void listsEveryRunHoweverManyPagesThereAre() {
        for (int rows : new int[] {0, 1, 99, 100, 101, 200, 250}) {
            for (boolean counts : new boolean[] {true, false}) {
                Listing platform = new Listing(rows);
                platform.counts = counts;
                assertThat(platform.runs()).as("%d rows", rows).isEqualTo(platform.ids);
            }
        }
    }

    @Test
    void asksForEachPageOfRunsByTheLastIdSeen() {
        Listing platform = new Listing(250);
        RunQuery query =
                RunQuery.all().statusIn(RunStatus.Known.QUEUED).orderBy("-id").limit(7).offset(3);

        platform.client().runs().list(1, query);

        assertThat(platform.queries)
                .containsExactly(
                        "status__in=%5B1%5D&order_by=id&limit=100",
                        "status__in=%5B1%5D&order_by=id&limit=100&id__gt=70403103936300",
                        "status__in=%5B1%5D&order_by=id&limit=100&id__gt=70403103936600");
    }

    @Test
    void needsOneCallWhenEverythingFitsOnOnePage() {
        Listing full = new Listing(100);
        assertThat(full.runs()).hasSize(100);
        assertThat(full.jobs()).hasSize(100);
        assertThat(full.queries).hasSize(2);
    }

    @Test
    void keepsThePlatformsOwnTextOfASinglePage() {
        String json = new Listing(3).client().runs().list(1, RunQuery.all()).json();

        assertThat(json).contains("\"surprise\":null").contains("\"total_count\":3");
    }

    @Test
    void mergesSeveralPagesIntoOneEnvelopeDatedByTheFirst() {
        ApiResponse<List<Run>> answer = new Listing(250).client().runs().list(1, RunQuery.all());

        Map<String, @Nullable Object> envelope = Json.readObject(answer.json());
        assertThat(envelope.keySet()).containsExactly("status", "data", "extra");
        assertThat(envelope.get("data"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(250)
                .allSatisfy(row -> assertThat(((Map<?, ?>) row).containsKey("surprise")).isTrue());
        assertThat(envelope.get("extra"))
                .isEqualTo(
                        Map.of(
                                "order_by",
                                "id",
                                "pagination",
                                Map.of("count", 250L, "total_count", 250L)));
        assertThat(answer.serverTime()).isEqualTo("2026-03-03T08:00:01Z");
    }

    @Test
    void findsRunsThatAppearWhileItReads() {
        Listing platform = new Listing(150);
        platform.afterEachPage =
                () -> {
                    if (platform.queries.size() == 1) {
                        platform.ids.add(70403103999999L);
                        platform.ids.removeFirst();
                    }
                };

        assertThat(platform.runs()).hasSize(151).contains(70403103999999L).doesNotHaveDuplicates();
    }

    @Test
    void goesOnWhenThePlatformSendsFewerRowsThanAskedFor() {
        Listing platform = new Listing(120);
        platform.mostRows = 50;

        assertThat(platform.runs()).isEqualTo(platform.ids);
        assertThat(platform.jobs()).isEqualTo(platform.ids);
    }

    @Test
    void endsWhenPagesRepeatThemselves() {
        Listing platform = new Listing(150);
        platform.ignoresIdGreaterThan = true;

        assertThat(platform.runs()).hasSize(100).doesNotHaveDuplicates();
        assertThat(platform.queries).hasSize(2);
    }

    @Test
    void listsEveryJobHoweverManyPagesThereAre() {
        for (int rows : new int[] {0, 1, 99, 100, 101, 199, 200, 350}) {
            for (boolean counts : new boolean[] {true, false}) {
                Listing platform = new Listing(rows);
                platform.counts = counts;
                assertThat(platform.jobs()).as("%d rows", rows).isEqualTo(platform.ids);
            }
        }
    }

    @Test
    void passesOverNoJobWhenOthersAreDeletedWhileItReads() {
        for (int deleted : new int[] {1, 2, 50, 99}) {
            Listing platform = new Listing(250);
            platform.afterEachPage =
                    () -> {
                        if (platform.queries.size() == 1) {
                            platform.ids.subList(0, deleted).clear();
                        }
                    };

            List<Long> jobs = platform.jobs();

            assertThat(jobs).containsAll(platform.ids).doesNotHaveDuplicates();
        }
    }

    @Test
    void noticesDeletionsEvenWhenTheRestFitsOnThePageItHas() {
        Listing platform = new Listing(101);
        platform.afterEachPage =
                () -> {
                    if (platform.queries.size() == 1) {
                        platform.ids.subList(0, 2).clear();
                    }
                };

        assertThat(platform.jobs()).contains(platform.ids.getLast());
    }

    @Test
    void doesNotReadForeverWhenJobsNeverStopVanishing() {
        Listing platform = new Listing(2_000);
        platform.afterEachPage = () -> platform.ids.removeFirst();

        assertThat(platform.jobs()).doesNotHaveDuplicates();
        assertThat(platform.queries.size()).isLessThan(200);
    }

    @Test
    void keepsTheOrderAJobQueryAsksFor() {
        Listing platform = new Listing(3);

        platform.client().jobs().list(1, JobQuery.all().orderBy("-created_at"));

        assertThat(platform.queries).containsExactly("order_by=-created_at&limit=100&offset=0");
    }

    @Test
    void readsOnePageOnlyWhenAskedForOne() {
        Listing platform = new Listing(250);

        ApiResponse<List<Run>> page =
                platform.client().runs().page(1, RunQuery.all().limit(20).offset(5));

        assertThat(page.data()).extracting(Run::id).isEqualTo(platform.ids.subList(5, 25));
        assertThat(platform.queries).containsExactly("limit=20&offset=5");
    }
}

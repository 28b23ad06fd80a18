package io.github.dbtc4j.benchmark;

import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.client.model.Include;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunQuery;
import io.github.dbtc4j.http.Response;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.SandboxOptions;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the client makes of a page of 100 runs with trigger and job, in the platform's shape.
@State(Scope.Thread)
public class ReadingRuns {

    private static final RunQuery PAGE =
            RunQuery.all().limit(100).include(Include.TRIGGER, Include.JOB);

    private final JsonFactory json = new JsonFactory();
    private final Sandbox sandbox =
            new Sandbox(
                    SandboxOptions.defaults().earlierRuns(100),
                    Instant.parse("2026-03-02T09:00:00Z"));
    private final long account = sandbox.world().accountId();
    private final Response page = page();
    private final DbtCloudClient client =
            new DbtCloudClient(
                    ClientOptions.defaults()
                            .host("cloud.getdbt.com")
                            .token(sandbox.world().token())
                            .transport(request -> page));

    /// Only finds the tokens of the JSON text.
    @Benchmark
    public int reference() {
        int tokens = 0;
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), page.body())) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    /// Asks for the page and reads it.
    @Benchmark
    public List<Run> read() {
        return client.runs().page(account, PAGE).data();
    }

    private Response page() {
        var answers = new ArrayList<Response>();
        var asking =
                new DbtCloudClient(
                        ClientOptions.defaults()
                                .host("cloud.getdbt.com")
                                .token(sandbox.world().token())
                                .transport(request -> {
                                    Response answer = sandbox.handle(request, sandbox.now());
                                    answers.add(answer);
                                    return answer;
                                }));
        if (asking.runs().page(account, PAGE).data().size() != 100) {
            throw new IllegalStateException("the sandbox did not fill the page");
        }
        return answers.getFirst();
    }
}

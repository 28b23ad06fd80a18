import io.github.dbtc4j.autoscaler.Autoscaler;
import io.github.dbtc4j.client.ClientOptions;
import io.github.dbtc4j.client.DbtCloudClient;
import io.github.dbtc4j.sandbox.Sandbox;
import io.github.dbtc4j.sandbox.option.SandboxOptions;

import java.time.Instant;
import java.util.Map;

/// Triggers a run on a sandbox of its own.
public class Consumer {

    static void main() throws InterruptedException {
        var sandbox = new Sandbox(SandboxOptions.defaults(), Instant.now());
        var client =
                new DbtCloudClient(
                        ClientOptions.defaults()
                                .token(sandbox.world().token())
                                .transport(sandbox.transport(Instant::now)));
        var outcome =
                new Autoscaler(client)
                        .triggerAutoscalingCiJob(
                                sandbox.world().accountId(),
                                sandbox.world().ciJobId(),
                                Map.of("cause", "CI", "github_pull_request_id", 50));
        System.out.println(outcome.verdict());
    }
}

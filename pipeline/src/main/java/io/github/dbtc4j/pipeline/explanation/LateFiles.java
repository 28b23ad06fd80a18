package io.github.dbtc4j.pipeline.explanation;

import io.github.dbtc4j.client.DbtCloudException;
import io.github.dbtc4j.client.model.Run;
import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.http.SystemContext;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/// Reads the files of one run, which may answer 404 for some seconds after a run that succeeded
/// (kestra-io/plugin-dbt 0272b78): they are asked for again, for seven seconds in all.
public final class LateFiles {

    private final SystemContext system;
    private final Deque<Duration> pauses;

    /// For the files of `run`; without patience for one that did not succeed, since it may have
    /// none.
    public LateFiles(SystemContext system, Run run) {
        this.system = system;
        this.pauses =
                new ArrayDeque<>(
                        run.status() == Known.SUCCESS
                                ? List.of(
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(4))
                                : List.of());
    }

    /// What `read` reads, in the end.
    ///
    /// @throws DbtCloudException.NotFound when it is still not there, or the thread was interrupted
    ///   meanwhile
    public <T> T read(Supplier<T> read) {
        while (true) {
            try {
                return read.get();
            } catch (DbtCloudException.NotFound e) {
                Duration pause = pauses.poll();
                if (pause == null || !sleep(pause)) {
                    throw e;
                }
            }
        }
    }

    private boolean sleep(Duration pause) {
        try {
            system.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

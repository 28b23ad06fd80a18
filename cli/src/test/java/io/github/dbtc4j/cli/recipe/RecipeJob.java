package io.github.dbtc4j.cli.recipe;

import io.github.dbtc4j.cli.Await;
import io.github.dbtc4j.cli.process.CommandProcess;
import io.github.dbtc4j.cli.recipe.RecipeStep.Progress;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A pipeline that is being played: its steps one after another, in processes of their own.
final class RecipeJob {

    /// How a pipeline ended.
    ///
    /// @param exitCode of the step that it failed with, or 0
    /// @param out what all steps printed on standard output
    /// @param err what they said on standard error
    /// @param outcomes of the steps: `success`, `failure`, `cancelled` or `skipped`
    record Ended(int exitCode, String out, String err, Map<String, String> outcomes) {}

    private final Path folder;
    private final Map<String, String> environment;
    private final List<RecipeStep> steps;
    private final Map<String, String> outcomes = new LinkedHashMap<>();
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();
    private final Thread thread;
    private int exitCode;
    private volatile boolean isCancelled;
    private volatile @Nullable CommandProcess current;
    private volatile @Nullable Throwable broken;

    private RecipeJob(Path folder, Map<String, String> environment, List<RecipeStep> steps) {
        this.folder = folder;
        this.environment = environment;
        this.steps = steps;
        thread = Thread.ofVirtual().unstarted(this::play);
    }

    /// @param folder where the steps run
    static RecipeJob start(Path folder, Map<String, String> environment, List<RecipeStep> steps) {
        var job = new RecipeJob(folder, environment, steps);
        job.thread.setUncaughtExceptionHandler((_, thrown) -> job.broken = thrown);
        job.thread.start();
        return job;
    }

    /// Cancels the pipeline, as a person does: the step in progress gets what `how` does to it.
    void cancel(Consumer<CommandProcess> how) {
        isCancelled = true;
        hit(how);
    }

    /// Something happens to the step in progress.
    void hit(Consumer<CommandProcess> how) {
        CommandProcess process = current;
        if (process == null) {
            throw new AssertionError("nothing is in progress");
        }
        how.accept(process);
    }

    Ended end() {
        try {
            if (!thread.join(Await.LIMIT)) {
                throw new AssertionError("it did not end by itself:\n" + err);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (broken != null) {
            throw new AssertionError(broken);
        }
        return new Ended(exitCode, out.toString(), err.toString(), outcomes);
    }

    private void play() {
        for (RecipeStep step : steps) {
            var progress = new Progress(Map.copyOf(outcomes), exitCode, isCancelled);
            if (!step.condition().test(progress)) {
                outcomes.put(step.id(), "skipped");
                continue;
            }
            boolean wasCancelled = isCancelled;
            var ended = start(step, progress).end();
            out.append(ended.out());
            err.append(ended.err());
            boolean cancelled = isCancelled && !wasCancelled;
            outcomes.put(
                    step.id(),
                    cancelled ? "cancelled" : ended.exitCode() == 0 ? "success" : "failure");
            if (step.decides() && exitCode == 0) {
                exitCode = ended.exitCode();
            }
        }
    }

    private CommandProcess start(RecipeStep step, Progress progress) {
        try {
            Path script = Files.createTempFile(folder, "step", ".sh");
            Files.writeString(script, step.script());
            var all = new HashMap<>(environment);
            all.putAll(step.environment().apply(progress));
            var command = new ArrayList<>(List.of("/usr/bin/env", "-C", folder.toString()));
            command.addAll(step.shell());
            command.add(script.toString());
            CommandProcess process = CommandProcess.start(all, command);
            current = process;
            return process;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

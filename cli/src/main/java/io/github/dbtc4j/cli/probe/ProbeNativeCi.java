package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.client.model.RunStatus.Known;
import io.github.dbtc4j.sandbox.option.Assumption;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;

/// What the plan makes of a `ci` job that is triggered over the API for two pull requests at once.
///
/// The pull requests are of no git provider, so nothing is posted anywhere.
final class ProbeNativeCi {

    private static final String PULL_REQUEST = "non_native_pull_request_id";
    private static final Duration SURE = Duration.ofSeconds(30);

    private final ProbeBench bench;
    private final ProbeReport report;

    ProbeNativeCi(ProbeBench bench) {
        this.bench = bench;
        this.report = bench.report;
    }

    /// @param plan the account's plan; null when it is not known
    void ask(@Nullable String plan) throws InterruptedException {
        if (plan == null) {
            notAsked("the plan is not known");
        } else if (plan.startsWith("enterprise") || plan.startsWith("team")) {
            notAsked("the plan is one that documentation says runs them side by side");
        } else {
            ProbeReply created = bench.create(bench.job("ci"));
            if (created.succeeded()) {
                answer(plan.startsWith("trial"), pair(ProbeBench.id(created)));
            } else {
                notAsked("a job of type ci is refused with " + created.code());
            }
        }
    }

    private void notAsked(String why) {
        report.notAsked(Assumption.CiTriggerOnStarter.class, why);
        report.notAsked(Assumption.CiTriggerOnTrial.class, why);
    }

    private void answer(boolean trial, ProbeAnswer seen) {
        boolean isNative = seen.equals(new ProbeAnswer.Found(Assumption.CiTriggerOnStarter.NATIVE));
        String other = "the account is on another plan";
        report.notAsked(Assumption.CiTriggerOnStarter.class, other);
        report.notAsked(Assumption.CiTriggerOnTrial.class, other);
        if (trial && isNative) {
            report.found(Assumption.CiTriggerOnTrial.NATIVE);
            return;
        }
        switch (seen) {
            case ProbeAnswer.Found(var constant) -> {
                report.found(constant);
                if (trial) {
                    report.found(Assumption.CiTriggerOnTrial.AS_ON_STARTER);
                }
            }
            case ProbeAnswer.Seen(var text) -> report.seen(question(trial), text);
            case ProbeAnswer.NotAsked(var why) -> report.notAsked(question(trial), why);
        }
    }

    private static Class<? extends Assumption> question(boolean trial) {
        return trial ? Assumption.CiTriggerOnTrial.class : Assumption.CiTriggerOnStarter.class;
    }

    private ProbeAnswer pair(long job) throws InterruptedException {
        ProbeReply one = bench.trigger(job, Map.of(PULL_REQUEST, 999_999_901L));
        ProbeReply two =
                one.succeeded() ? bench.trigger(job, Map.of(PULL_REQUEST, 999_999_902L)) : one;
        ProbeAnswer answer;
        if (two.succeeded()) {
            answer = watch(ProbeBench.id(one), ProbeBench.id(two));
        } else if (two.status() == 400) {
            answer = new ProbeAnswer.Found(Assumption.CiTriggerOnStarter.REJECTED);
        } else {
            answer = new ProbeAnswer.Seen(two.code() + ", no run");
        }
        bench.quiet(job);
        bench.delete(job);
        return answer;
    }

    private ProbeAnswer watch(long first, long second) throws InterruptedException {
        long start = bench.nanos();
        long runningSince = -1;
        boolean waited = false;
        while (!bench.passed(start, ProbeBench.START_LIMIT)) {
            ProbeRun one = bench.look(first);
            ProbeRun two = bench.look(second);
            if (one.isUnderWay() && two.isUnderWay()) {
                return new ProbeAnswer.Found(Assumption.CiTriggerOnStarter.NATIVE);
            }
            if (one.is(Known.RUNNING) && runningSince < 0) {
                runningSince = bench.nanos();
            }
            boolean sure = runningSince >= 0 && bench.passed(runningSince, SURE);
            if (waited && (sure || one.isOver())) {
                return new ProbeAnswer.Found(Assumption.CiTriggerOnStarter.SERIAL);
            }
            if (one.isOver()) {
                return new ProbeAnswer.NotAsked(
                        "the run ended too soon; --step names a longer one");
            }
            waited = one.isUnderWay() && two.is(Known.QUEUED);
            bench.pause(ProbeBench.RHYTHM);
        }
        return new ProbeAnswer.NotAsked("no run started within ten minutes");
    }
}

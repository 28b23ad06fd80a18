package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.sandbox.option.Assumption;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What reading shows: the account, lists, refusals.
final class ProbeReading {

    /// What stands for a word that could be a name.
    static final String OTHER = "another";

    private static final int PAGE = 100;

    private ProbeReading() {}

    /// Asks all of that.
    ///
    /// @return the account's plan; null when it is not told
    static @Nullable String ask(ProbePlatform platform, ProbeReport report) {
        wrongAccount(platform.send(ProbeCall.OTHER_ACCOUNT), report);
        longList(platform.send(ProbeCall.MANY), report);
        slash(platform.send(ProbeCall.SLASH), report);
        return account(platform.send(ProbeCall.ACCOUNT), report);
    }

    private static @Nullable String account(ProbeReply reply, ProbeReport report) {
        if (!reply.succeeded()) {
            String why = "this token may not read the account";
            report.notAsked(ProbeMeasure.PLAN, why);
            report.notAsked(ProbeMeasure.RUN_SLOTS, why);
            if (reply.status() == 404) {
                report.found(Assumption.AccountRead.NOT_FOUND);
            } else {
                report.seen(Assumption.AccountRead.class, reply.code());
            }
            return null;
        }
        report.found(Assumption.AccountRead.ALLOWED);
        Map<String, @Nullable Object> account = reply.data();
        report.seen(
                ProbeMeasure.RUN_SLOTS,
                account.get("run_slots") instanceof Long slots ? slots.toString() : "not told");
        String plan = account.get("plan") instanceof String text ? text : "";
        report.seen(ProbeMeasure.PLAN, word(plan));
        return plan.isEmpty() ? null : plan;
    }

    private static void wrongAccount(ProbeReply reply, ProbeReport report) {
        switch (reply.status()) {
            case 403 -> {
                report.found(Assumption.WrongAccount.FORBIDDEN);
                report.seen(ProbeMeasure.FORBIDDEN_SHAPE, reply.shape());
            }
            case 404 -> report.found(Assumption.WrongAccount.NOT_FOUND);
            default -> report.seen(Assumption.WrongAccount.class, reply.code());
        }
    }

    private static void longList(ProbeReply reply, ProbeReport report) {
        int rows = reply.rows().size();
        Long total = reply.total();
        if (reply.status() == 400) {
            report.found(Assumption.LimitAbove100.REJECTED);
        } else if (!reply.succeeded()) {
            report.seen(Assumption.LimitAbove100.class, reply.code());
        } else if (rows > PAGE) {
            report.found(Assumption.LimitAbove100.ACCEPTED);
        } else if (rows == PAGE && total != null && total > PAGE) {
            report.found(Assumption.LimitAbove100.CAPPED);
        } else {
            report.notAsked(
                    Assumption.LimitAbove100.class,
                    "it was not refused, and no page of 100 was full");
        }
    }

    private static void slash(ProbeReply reply, ProbeReport report) {
        if (reply.succeeded()) {
            report.found(Assumption.GetWithoutSlash.SERVED);
        } else if (reply.status() == 301) {
            report.found(Assumption.GetWithoutSlash.REDIRECTED);
        } else {
            report.seen(Assumption.GetWithoutSlash.class, reply.code());
        }
    }

    /// `text` if it is a word of the API, which names no one.
    static String word(String text) {
        return text.matches("[a-z_]{1,40}(_20\\d\\d)?") ? text : OTHER;
    }
}

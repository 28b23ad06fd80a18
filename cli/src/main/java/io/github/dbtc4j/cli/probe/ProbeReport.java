package io.github.dbtc4j.cli.probe;

import io.github.dbtc4j.sandbox.option.Assumption;
import io.github.dbtc4j.sandbox.option.AssumptionSet;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The answers so far, by question.
final class ProbeReport {

    /// Not asked of any account, by the reason.
    static final Map<Class<? extends Assumption>, String> UNSAFE =
            Map.of(
                    Assumption.TriggerOfDeactivatedJob.class,
                    "the platform alone deactivates a job, after many runs that fail",
                    Assumption.TriggerBeyondQueueLimit.class,
                    "it takes 50 queued runs, which hold up all others",
                    Assumption.TrafficInCooldown.class,
                    "it takes 5,000 requests a minute, and stops the account's tools for minutes",
                    Assumption.RetryAfter.class,
                    "it takes 5,000 requests a minute, and stops the account's tools for minutes",
                    Assumption.RateLimitBody.class,
                    "it takes 5,000 requests a minute, and stops the account's tools for minutes");

    private static final String STATUS = "it would write to a pull request of your repository";

    private final Map<String, ProbeAnswer> answers = new HashMap<>();

    /// One question with its answer.
    ///
    /// @param assumed what the sandbox assumes
    /// @param agrees null when there is no answer to compare, or nothing is assumed
    record Row(String question, ProbeAnswer answer, String assumed, @Nullable Boolean agrees) {}

    ProbeReport() {
        UNSAFE.forEach(this::notAsked);
        answers.put(ProbeMeasure.COMMIT_STATUS.title(), new ProbeAnswer.NotAsked(STATUS));
    }

    void found(Assumption constant) {
        answers.put(constant.getClass().getSimpleName(), new ProbeAnswer.Found(constant));
    }

    void seen(Class<? extends Assumption> question, String text) {
        answers.put(question.getSimpleName(), new ProbeAnswer.Seen(text));
    }

    void seen(ProbeMeasure question, String text) {
        answers.put(question.title(), new ProbeAnswer.Seen(text));
    }

    void notAsked(Class<? extends Assumption> question, String why) {
        answers.put(question.getSimpleName(), new ProbeAnswer.NotAsked(why));
    }

    void notAsked(ProbeMeasure question, String why) {
        answers.put(question.title(), new ProbeAnswer.NotAsked(why));
    }

    /// Gives all questions that have no answer yet this reason.
    void restNotAsked(String why) {
        names().forEach(name -> answers.putIfAbsent(name, new ProbeAnswer.NotAsked(why)));
    }

    /// All questions in the order of the sandbox's switches, then the others.
    ///
    /// @param switches what the sandbox assumes
    List<Row> rows(AssumptionSet switches) {
        var rows = new ArrayList<Row>();
        for (Class<? extends Assumption> question : questions()) {
            Assumption assumed = switches.get(question);
            ProbeAnswer answer = answer(question.getSimpleName());
            rows.add(
                    new Row(
                            question.getSimpleName(),
                            answer,
                            name(assumed),
                            switch (answer) {
                                case ProbeAnswer.Found(var constant) -> constant == assumed;
                                case ProbeAnswer.Seen seen -> false;
                                case ProbeAnswer.NotAsked why -> null;
                            }));
        }
        for (ProbeMeasure question : ProbeMeasure.values()) {
            ProbeAnswer answer = answer(question.title());
            Boolean agrees =
                    answer instanceof ProbeAnswer.Seen(var text) ? question.agrees(text) : null;
            rows.add(new Row(question.title(), answer, question.assumed(), agrees));
        }
        return rows;
    }

    static String name(Assumption constant) {
        return ((Enum<?>) constant).name();
    }

    /// The sandbox's switches.
    static List<Class<? extends Assumption>> questions() {
        var questions = new ArrayList<Class<? extends Assumption>>();
        for (Class<?> question : Assumption.class.getPermittedSubclasses()) {
            questions.add(question.asSubclass(Assumption.class));
        }
        return questions;
    }

    private static List<String> names() {
        var names = new ArrayList<String>();
        questions().forEach(question -> names.add(question.getSimpleName()));
        for (ProbeMeasure measure : ProbeMeasure.values()) {
            names.add(measure.title());
        }
        return names;
    }

    private ProbeAnswer answer(String question) {
        return Objects.requireNonNullElse(
                answers.get(question), new ProbeAnswer.NotAsked("this version does not know how"));
    }
}

package io.github.dbtc4j.sandbox.option;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One answer to each [Assumption]. Immutable.
public final class AssumptionSet {

    private static final Map<String, Assumption> BY_NAME = byName();

    private static final AssumptionSet DEFAULTS = new AssumptionSet(firstOfEach());

    private final Map<Class<?>, Assumption> answers;

    private AssumptionSet(Map<Class<?>, Assumption> answers) {
        this.answers = answers;
    }

    /// The first constant of every guess.
    public static AssumptionSet defaults() {
        return DEFAULTS;
    }

    /// These switches with one answer changed.
    public AssumptionSet with(Assumption answer) {
        var changed = new HashMap<>(answers);
        changed.put(answer.getClass(), answer);
        return new AssumptionSet(Map.copyOf(changed));
    }

    /// These switches with one answer changed, by its name, such as `CancelOfFinishedRun.REJECTED`.
    ///
    /// @throws IllegalArgumentException when there is no such answer; the message lists all
    public AssumptionSet with(String name) {
        Assumption answer = BY_NAME.get(name);
        if (answer == null) {
            throw new IllegalArgumentException(
                    "no switch is called '" + name + "'; there are " + names());
        }
        return with(answer);
    }

    /// Whether `answer` is the one in force.
    public boolean is(Assumption answer) {
        return answers.get(answer.getClass()) == answer;
    }

    /// The answer in force to the guess `question`, such as `CancelOfFinishedRun.class`.
    public <G extends Assumption> G get(Class<G> question) {
        return question.cast(Objects.requireNonNull(answers.get(question)));
    }

    /// The names of all answers to all guesses.
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /// The answers that are not the default, by name.
    @Override
    public String toString() {
        var names = new ArrayList<String>();
        BY_NAME.forEach((name, answer) -> {
            if (is(answer) && !DEFAULTS.is(answer)) {
                names.add(name);
            }
        });
        return names.toString();
    }

    private static Map<String, Assumption> byName() {
        var names = new LinkedHashMap<String, Assumption>();
        for (Class<?> question : Assumption.class.getPermittedSubclasses()) {
            for (Object answer : Objects.requireNonNull(question.getEnumConstants())) {
                names.put(question.getSimpleName() + "." + answer, (Assumption) answer);
            }
        }
        return names;
    }

    private static Map<Class<?>, Assumption> firstOfEach() {
        var first = new HashMap<Class<?>, Assumption>();
        BY_NAME.values().forEach(answer -> first.putIfAbsent(answer.getClass(), answer));
        return Map.copyOf(first);
    }
}

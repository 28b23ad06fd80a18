package io.github.dbtc4j.sandbox.option;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One answer to each [Guess]. Immutable.
public final class Switches {

    private static final Map<String, Guess> BY_NAME = byName();

    private static final Switches DEFAULTS = new Switches(firstOfEach());

    private final Map<Class<?>, Guess> answers;

    private Switches(Map<Class<?>, Guess> answers) {
        this.answers = answers;
    }

    /// The first constant of every guess.
    public static Switches defaults() {
        return DEFAULTS;
    }

    /// These switches with one answer changed.
    public Switches with(Guess answer) {
        var changed = new HashMap<>(answers);
        changed.put(answer.getClass(), answer);
        return new Switches(Map.copyOf(changed));
    }

    /// These switches with one answer changed, by its name, such as `CancelOfFinishedRun.REJECTED`.
    ///
    /// @throws IllegalArgumentException when there is no such answer; the message lists all
    public Switches with(String name) {
        Guess answer = BY_NAME.get(name);
        if (answer == null) {
            throw new IllegalArgumentException(
                    "no switch is called '" + name + "'; there are " + names());
        }
        return with(answer);
    }

    /// Whether `answer` is the one in force.
    public boolean is(Guess answer) {
        return answers.get(answer.getClass()) == answer;
    }

    /// The answer in force to the guess `question`, such as `CancelOfFinishedRun.class`.
    public <G extends Guess> G get(Class<G> question) {
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

    private static Map<String, Guess> byName() {
        var names = new LinkedHashMap<String, Guess>();
        for (Class<?> question : Guess.class.getPermittedSubclasses()) {
            for (Object answer : Objects.requireNonNull(question.getEnumConstants())) {
                names.put(question.getSimpleName() + "." + answer, (Guess) answer);
            }
        }
        return names;
    }

    private static Map<Class<?>, Guess> firstOfEach() {
        var first = new HashMap<Class<?>, Guess>();
        BY_NAME.values().forEach(answer -> first.putIfAbsent(answer.getClass(), answer));
        return Map.copyOf(first);
    }
}

package dev.chiron.agent.store;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Patch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What somebody outside a running study wants of it. It is taken up between two trials and stands in the journal from then on, so
 * that a study which goes on is steered at the same place.
 */
public sealed interface Steering {

    /** What it does, for people: a command and what it is about. */
    String text();

    /** Something to run next, whoever's turn it is. */
    sealed interface Wish extends Steering {

        /** What is run. */
        Change change();

        /** Whether it is run even if some trial has run it. */
        boolean again();

        /** {@link Origin#PERSON} or {@link Origin#AGENT}. */
        Origin origin();

        /** The agent's name; empty for a person. */
        String author();

        /** In their words; may be empty. */
        String why();
    }

    /** A config to run next. */
    record Try(Config config, boolean again, Origin origin, String author, String why) implements Wish {

        /** @throws IllegalArgumentException if the origin is somebody's whose turn it is */
        public Try {
            requireWished(origin);
        }

        @Override
        public Change change() {
            return new Change.Settings(config);
        }

        /** The same with the config as the space has it. */
        public Try with(Config exact) {
            return new Try(exact, again, origin, author, why);
        }

        /** A person's, once. */
        public Try(Config config) {
            this(config, false, Origin.PERSON, "", "");
        }

        @Override
        public String text() {
            return "try " + config + (again ? " again" : "");
        }
    }

    /** A config that was measured elsewhere: it is a trial without being run. */
    record Told(Config config, Outcome outcome, String author, String why) implements Wish {

        @Override
        public Change change() {
            return new Change.Settings(config);
        }

        @Override
        public boolean again() {
            return false;
        }

        @Override
        public Origin origin() {
            return Origin.TOLD;
        }

        @Override
        public String text() {
            return "tell " + config;
        }
    }

    /**
     * An edit of the best script so far to run next, as its author wrote it down. It is never in a journal: what can be run of it is
     * an {@link Edit} there.
     *
     * @param idea what it is meant to do, in a line
     */
    record Rewrite(Patch patch, String idea, Origin origin, String author) implements Steering {

        /** @throws IllegalArgumentException if the origin is somebody's whose turn it is */
        public Rewrite {
            requireWished(origin);
        }

        @Override
        public String text() {
            return "edit: " + idea;
        }
    }

    /** An edited script to run next. */
    record Edit(Change.Edit change, Origin origin, String author) implements Wish {

        /** @throws IllegalArgumentException if the origin is somebody's whose turn it is */
        public Edit {
            requireWished(origin);
        }

        @Override
        public boolean again() {
            return false;
        }

        @Override
        public String why() {
            return change.script().idea();
        }

        @Override
        public String text() {
            return "edit: " + why();
        }
    }

    private static void requireWished(Origin origin) {
        if (!origin.isWished()) {
            throw new IllegalArgumentException("nobody else wishes for a trial: " + origin);
        }
    }

    /** A text that the following prompts show, beside those before it. */
    record Note(String text) implements Steering {}

    /** The following prompts show no text any more. */
    record Forget() implements Steering {
        @Override
        public String text() {
            return "forget the notes";
        }
    }

    /** A parameter keeps this value. */
    record Pin(String parameter, Value value) implements Steering {
        @Override
        public String text() {
            return "pin " + parameter + "=" + value.text();
        }
    }

    /** A pinned or dropped parameter is tuned again. */
    record Unpin(String parameter) implements Steering {
        @Override
        public String text() {
            return "unpin " + parameter;
        }
    }

    /** A number is tuned over another range; its type and scale stay. */
    record Range(String parameter, Value low, Value high) implements Steering {
        @Override
        public String text() {
            return "range " + parameter + " " + low.text() + " to " + high.text();
        }
    }

    /** A choice is tuned over other options. */
    record Options(String parameter, List<Value> options) implements Steering {

        /** Copies the list. */
        public Options {
            options = List.copyOf(options);
        }

        @Override
        public String text() {
            return "range " + parameter + " "
                    + options.stream().map(Value::text).collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /** Configs for which a comparison holds, such as {@code DEPTH > 12}, are not proposed any more. */
    record Ban(String comparison) implements Steering {
        @Override
        public String text() {
            return "ban " + comparison;
        }
    }

    /**
     * A constant of the script is tuned as well.
     *
     * @param definition as in chiron.yaml, {@code { type: float, low: 0, high: 0.5 }}
     */
    record Add(String parameter, String definition) implements Steering {
        @Override
        public String text() {
            return "add " + parameter + ": " + definition;
        }
    }

    /** A parameter is not tuned any more: it keeps the value with which the search began. */
    record Drop(String parameter) implements Steering {
        @Override
        public String text() {
            return "drop " + parameter;
        }
    }

    /** The model's share of the turns, 0 to 1; empty where it follows from what the model is worth. */
    record Share(OptionalDouble share) implements Steering {
        @Override
        public String text() {
            return "share " + (share.isPresent() ? Numbers.text(share.getAsDouble()) : "adaptive");
        }
    }

    /** Other models take the model's turns: as after {@code --llm}, several with commas between them. */
    record Model(String models) implements Steering {
        @Override
        public String text() {
            return "model " + models;
        }
    }

    /** Other bounds; those that are empty stay as they are. */
    record Limit(OptionalInt trials, Optional<Duration> trainTime, OptionalDouble llmUsd) implements Steering {
        @Override
        public String text() {
            return "budget"
                    + (trials.isPresent() ? " trials=" + trials.getAsInt() : "")
                    + trainTime.map(time -> " time=" + time.toSeconds() + "s").orElse("")
                    + (llmUsd.isPresent() ? " usd=" + Numbers.text(llmUsd.getAsDouble()) : "");
        }
    }

    /** An earlier steering is taken back, by its number. */
    record Undo(int number) implements Steering {
        @Override
        public String text() {
            return "undo " + number;
        }
    }
}

package dev.chiron.optimizers.study;

import dev.chiron.optimizers.space.Config;
import java.util.Optional;

/** What a trial tries. */
public sealed interface Change {

    /** The values that were run, after repair. */
    Config config();

    /** The edited script that was run; empty where it was the study's own. */
    Optional<Variant> variant();

    /** How much of a training is run, where that is less than the whole. */
    Optional<Fidelity> fidelity();

    /** What it begins with, where that is another trial's checkpoint or a place in a population. */
    Optional<Begin> begin();

    /**
     * Settings alone: the script as it is, with these values.
     *
     * @param fidelity how much of a training is run, where that is less than the whole
     * @param begin what it begins with, where that is another trial's checkpoint or a place in a population
     */
    record Settings(Config config, Optional<Fidelity> fidelity, Optional<Begin> begin) implements Change {

        /** A training from the start. */
        public Settings(Config config, Optional<Fidelity> fidelity) {
            this(config, fidelity, Optional.empty());
        }

        /** A whole training from the start. */
        public Settings(Config config) {
            this(config, Optional.empty());
        }

        @Override
        public Optional<Variant> variant() {
            return Optional.empty();
        }
    }

    /**
     * An edited script, with these values.
     *
     * @param config the values of the parameters that the edited script still has
     * @param script no root
     */
    record Edit(Config config, Variant script) implements Change {
        @Override
        public Optional<Variant> variant() {
            return Optional.of(script);
        }

        /** An edit is judged by whole trainings alone. */
        @Override
        public Optional<Fidelity> fidelity() {
            return Optional.empty();
        }

        @Override
        public Optional<Begin> begin() {
            return Optional.empty();
        }
    }

    /** How much of a whole training a run of it costs: what it goes on from was paid for by another. */
    default double cost() {
        return fidelity().map(Fidelity::share).orElse(1.0)
                - begin().map(Begin::share).orElse(0.0);
    }

    /** The same values and as much of a training, from the start and in no population. */
    default Change fromTheStart() {
        return begin().isEmpty() ? this : new Settings(config(), fidelity());
    }

    /** What is the same for equal scripts with equal values, whatever the idea behind them was, however long they train and whatever they begin with. */
    default Key key() {
        return new Key(variant().map(Variant::id).orElse(""), config());
    }

    /**
     * What makes two changes the same one.
     *
     * @param variant the edited script's id; empty where it was the study's own
     */
    record Key(String variant, Config config) {}
}

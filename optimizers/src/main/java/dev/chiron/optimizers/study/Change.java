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

    /**
     * Settings alone: the script as it is, with these values.
     *
     * @param fidelity how much of a training is run, where that is less than the whole
     */
    record Settings(Config config, Optional<Fidelity> fidelity) implements Change {

        /** A whole training. */
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
    }

    /** What is the same for equal scripts with equal values, whatever the idea behind them was and however long they train. */
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

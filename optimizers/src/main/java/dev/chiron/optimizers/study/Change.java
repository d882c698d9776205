package dev.chiron.optimizers.study;

import dev.chiron.optimizers.space.Config;

/** What a trial tries. Edits of the script will stand here beside settings. */
public sealed interface Change {

    /** The values that were run, after repair. */
    Config config();

    /** Settings alone: the script as it is, with these values. */
    record Settings(Config config) implements Change {}
}

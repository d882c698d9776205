package dev.chiron.agent.store;

import dev.chiron.optimizers.study.Earlier;
import java.util.List;

/**
 * Earlier results as a study's journal holds them: all that it needs of them, so that the sources may go.
 *
 * @param sources what they came from, as the user named it
 * @param summary what was found there and what became of it, in lines for people
 * @param earlier the results
 */
public record Imported(List<String> sources, List<String> summary, Earlier earlier) {

    /** Nothing was imported. */
    public static final Imported NONE = new Imported(List.of(), List.of(), Earlier.NONE);

    /** Copies the lists. */
    public Imported {
        sources = List.copyOf(sources);
        summary = List.copyOf(summary);
    }
}

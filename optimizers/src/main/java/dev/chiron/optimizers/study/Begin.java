package dev.chiron.optimizers.study;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a run begins with that goes on from checkpoints, or that others may replace.
 *
 * @param sources the trials whose checkpoints it goes on from; more than one are merged; none where it begins from the start
 * @param share how much of a whole training these have behind them, from 0 to below 1; 0 without a source
 * @param member the place in a population that it has, from 0; empty where there is no population
 */
public record Begin(List<Source> sources, double share, OptionalInt member) {

    /**
     * A checkpoint that a run begins with.
     *
     * @param trial whose it is
     * @param weight its share of what the run begins with, above 0; all of a run's make 1
     */
    public record Source(int trial, double weight) {}

    /** @throws IllegalArgumentException if the share is not below 1, or is there without a source */
    public Begin {
        sources = List.copyOf(sources);
        if (!(share >= 0 && share < 1) || (sources.isEmpty() && share > 0)) {
            throw new IllegalArgumentException(share + " of a training cannot be behind " + sources);
        }
    }

    /** From another trial's checkpoint. */
    public static Begin from(int trial, double share) {
        return new Begin(List.of(new Source(trial, 1)), share, OptionalInt.empty());
    }

    /** The same as a member of a population. */
    public Begin as(int place) {
        return new Begin(sources, share, OptionalInt.of(place));
    }

    /** A member of a population that begins from the start. */
    public static Begin member(int place) {
        return new Begin(List.of(), 0, OptionalInt.of(place));
    }

    /** The trials whose checkpoints it goes on from. */
    public List<Integer> trials() {
        return sources.stream().map(Source::trial).toList();
    }

    /** The trial from whose checkpoint it goes on, the one that weighs most; empty where it begins from the start. */
    public OptionalInt main() {
        return sources.stream()
                .reduce((one, other) -> other.weight() > one.weight() ? other : one)
                .map(source -> OptionalInt.of(source.trial()))
                .orElse(OptionalInt.empty());
    }
}

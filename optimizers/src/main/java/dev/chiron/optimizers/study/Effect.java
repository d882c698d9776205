package dev.chiron.optimizers.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a kept edit of the script is worth in the last incumbent: by how much it is worse without it.
 *
 * @param kept the trial by which the edit was kept
 * @param gain the difference of the means, in the metric's units, positive where the edit helps
 * @param margin half the width of the interval in which the difference lies with 95 %; infinite where the noise is unknown
 */
public record Effect(Trial kept, double gain, double margin) {

    /** A kept edit, and what was the incumbent before it. */
    public record Step(Trial before, Trial kept) {}

    /** Whether the interval leaves open that the edit does nothing, or harm. */
    public boolean isDoubtful() {
        return gain <= margin;
    }

    /** Whether the script was no worse without it. */
    public boolean isIdle() {
        return gain <= 0;
    }

    /** The edits that led to the incumbent, oldest first; a version that was kept again later counts once. */
    public static List<Step> kept(History history) {
        List<Step> steps = new ArrayList<>();
        List<Trial> incumbents = history.incumbents();
        for (int i = 1; i < incumbents.size(); i++) {
            Optional<Variant> now = incumbents.get(i).change().variant();
            Optional<String> before = incumbents.get(i - 1).change().variant().map(Variant::id);
            if (now.isPresent()
                    && incumbents.get(i).origin() != Origin.LEAN
                    && !now.map(Variant::id).equals(before)) {
                steps.add(new Step(incumbents.get(i - 1), incumbents.get(i)));
            }
        }
        return steps;
    }

    /** The effects that ablations of the last incumbent have measured, in the order of the edits. */
    public static List<Effect> of(History history) {
        List<Effect> effects = new ArrayList<>();
        int since = compared(history).map(history::crowned).orElse(0);
        for (Step step : kept(history)) {
            Runs without = new Runs();
            history.trials().stream()
                    .filter(trial -> trial.origin() == Origin.ABLATION && trial.number() > since)
                    .filter(trial -> trial.change()
                            .variant()
                            .map(Variant::parent)
                            .equals(step.kept().change().variant().map(Variant::id)))
                    .forEach(trial -> without.add(trial, history.objective()));
            if (without.measured() > 0) {
                effects.add(effect(step, without, history));
            }
        }
        return effects;
    }

    /** The place of what the runs without an edit are compared with: the last incumbent with all of its edits. */
    private static Optional<Integer> compared(History history) {
        List<Trial> incumbents = history.incumbents();
        return IntStream.range(0, incumbents.size())
                .filter(place -> incumbents.get(place).origin() != Origin.LEAN)
                .boxed()
                .reduce((first, second) -> second);
    }

    private static Effect effect(Step step, Runs without, History history) {
        Trial last = history.incumbents().get(compared(history).orElseThrow());
        Objective objective = history.objective();
        double gain = objective.loss(without.mean())
                - objective.loss(history.value(last).orElseThrow());
        return new Effect(step.kept(), gain, margin(history.noise(), without.measured(), history.measured(last)));
    }

    /** Half the width of the 95 % interval of a difference of two means of so many runs. */
    static double margin(Optional<Noise> noise, int runs, int others) {
        return noise.map(known -> known.margin(runs, others)).orElse(Double.POSITIVE_INFINITY);
    }
}

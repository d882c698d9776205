package dev.chiron.optimizers.study;

import dev.chiron.optimizers.pareto.Box;
import dev.chiron.optimizers.pareto.Dominance;
import dev.chiron.optimizers.pareto.Hypervolume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much of the space of objectives a study's front dominates, trial by trial: the hypervolume up to one reference point, in the units of the
 * metrics. All of it follows from the measured values; with repeats from the means of which the front was after each trial.
 *
 * @param reference in the metrics' own values: of each objective the worst measured, and a tenth of the range beyond; a tenth of the worst value itself where all
 *     are equal, 0.1 where that is 0. It moves when something worse is measured, and then the history is another
 * @param history the volume after each trial; 0 before the first measured one. One beyond the largest number is that number
 */
public record Volume(List<Double> reference, List<Double> history) {

    /** Of the trials of a study of several objectives; empty lists where nothing is measured. */
    public static Volume of(History study) {
        Objective objective = study.objective();
        List<double[]> losses = new ArrayList<>();
        for (Trial trial : study.trials()) {
            if (trial.outcome() instanceof Outcome.Measured measured) {
                losses.add(objective.losses(measured));
            }
        }
        if (losses.isEmpty()) {
            return new Volume(List.of(), List.of());
        }
        double[] reference = reference(Box.of(losses));
        int[] powers = powers(Box.of(losses), reference);
        double[] corner = scaled(reference, powers);
        List<Double> history = study.repeats() ? ofMeans(study, powers, corner) : ofValues(study, powers, corner);
        List<Double> shown = new ArrayList<>();
        for (int k = 0; k < reference.length; k++) {
            shown.add(objective.all().get(k).loss(reference[k]));
        }
        return new Volume(List.copyOf(shown), List.copyOf(history));
    }

    /** Where configs are run again: after each trial the volume of the front as it was then, which may shrink. */
    private static List<Double> ofMeans(History study, int[] powers, double[] corner) {
        List<Double> history = new ArrayList<>();
        List<List<Double>> last = List.of();
        double volume = 0;
        History past = study.anew();
        for (Trial trial : study.trials()) {
            past.addAsIn(study, trial);
            List<List<Double>> front = past.front().stream().map(past::values).toList();
            if (!front.equals(last)) {
                last = front;
                volume = Hypervolume.of(
                        front.stream()
                                .map(values -> scaled(study.objective().losses(values), powers))
                                .toList(),
                        corner);
            }
            history.add(unscaled(volume, powers));
        }
        return history;
    }

    private static List<Double> ofValues(History study, int[] powers, double[] corner) {
        Objective objective = study.objective();
        List<Double> history = new ArrayList<>();
        List<double[]> front = new ArrayList<>();
        double volume = 0;
        for (Trial trial : study.trials()) {
            if (trial.outcome() instanceof Outcome.Measured measured) {
                double[] point = scaled(objective.losses(measured), powers);
                if (front.stream().noneMatch(other -> Dominance.dominates(other, point))) {
                    volume += Math.max(0, Hypervolume.gain(point, front, corner));
                    front.removeIf(other -> Dominance.dominates(point, other));
                    front.add(point);
                }
            }
            history.add(unscaled(volume, powers));
        }
        return history;
    }

    private static double unscaled(double volume, int[] powers) {
        return Math.min(
                Double.MAX_VALUE, Math.scalb(volume, Arrays.stream(powers).sum()));
    }

    private static double[] reference(Box box) {
        double[] reference = new double[box.worst().size()];
        for (int k = 0; k < reference.length; k++) {
            double worst = box.worst().get(k);
            double range = Math.min(Double.MAX_VALUE, worst - box.best().get(k));
            double unit = range > 0 ? range : worst == 0 ? 1 : Math.abs(worst);
            reference[k] = Math.min(Double.MAX_VALUE, worst + Box.BEYOND * unit);
        }
        return reference;
    }

    /**
     * Of each objective the power of two that its values are divided by while the volume is reckoned, so that no product overflows or
     * vanishes. That changes no digit.
     */
    private static int[] powers(Box box, double[] reference) {
        return IntStream.range(0, reference.length)
                .map(k -> {
                    double side = reference[k] / 2 - box.best().get(k) / 2;
                    return side > 0 ? Math.getExponent(side) + 1 : 0;
                })
                .toArray();
    }

    private static double[] scaled(double[] losses, int[] powers) {
        return IntStream.range(0, losses.length)
                .mapToDouble(k -> Math.scalb(losses[k], -powers[k]))
                .toArray();
    }

    /** The volume now; 0 where nothing is measured. */
    public double now() {
        return history.isEmpty() ? 0 : history.get(history.size() - 1);
    }
}

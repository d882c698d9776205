package dev.chiron.optimizers.crossentropy;

import dev.chiron.optimizers.OptimizerState.Category;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Where configs are drawn: each parameter by itself, from a normal distribution cut off at the ends of its range, or with a probability for each
 * option. Immutable.
 */
final class Distribution {

    private static final double UNIFORM = Math.sqrt(1.0 / 12); // the deviation of a uniform place

    /** No option falls below this share of an even one. */
    private static final double ALIVE = 0.1;

    private final SearchSpace space;
    private final double[] means; // in the unit cube; the middle for unordered choices
    private final double[] deviations;
    private final double[][] probabilities; // of the options of unordered choices, empty for what has an order

    private Distribution(SearchSpace space, double[] means, double[] deviations, double[][] probabilities) {
        this.space = space;
        this.means = means;
        this.deviations = deviations;
        this.probabilities = probabilities;
    }

    /** The prior's; as wide as the range and even where nothing is believed. */
    static Distribution of(SearchSpace space, Optional<Prior> prior) {
        int n = space.size();
        double[] means = new double[n];
        double[] deviations = new double[n];
        double[][] probabilities = new double[n][];
        for (int axis = 0; axis < n; axis++) {
            int i = axis;
            Optional<Double> width = prior.flatMap(belief -> belief.width(i));
            boolean isNumeric = options(space.parameters().get(axis)).isEmpty();
            means[axis] = isNumeric && width.isPresent() ? prior.orElseThrow().centre(axis) : Parameter.MIDDLE;
            deviations[axis] = isNumeric ? Math.min(UNIFORM, width.orElse(UNIFORM)) : 0;
            probabilities[axis] = options(space.parameters().get(axis))
                    .map(choice -> choice.options().stream()
                            .mapToDouble(option -> prior.map(
                                            belief -> Math.exp(belief.logRatio(i, choice.encode(option))))
                                    .orElse(1.0))
                            .toArray())
                    .map(Distribution::normalised)
                    .orElse(new double[0]);
        }
        return new Distribution(space, means, deviations, probabilities);
    }

    /**
     * That of a state.
     *
     * @throws IllegalArgumentException if it is of another space
     */
    static Distribution of(SearchSpace space, List<Double> means, List<Double> deviations, List<Category> categories) {
        List<Choice> choices = space.parameters().stream()
                .flatMap(parameter -> options(parameter).stream())
                .toList();
        boolean fits = means.size() == space.size()
                && deviations.size() == space.size()
                && categories.size() == choices.size()
                && IntStream.range(0, choices.size())
                        .allMatch(i ->
                                categories.get(i).name().equals(choices.get(i).name())
                                        && categories.get(i).probabilities().size()
                                                == choices.get(i).options().size());
        if (!fits) {
            throw new IllegalArgumentException("this state is of another search space");
        }
        double[][] probabilities = new double[space.size()][0];
        int next = 0;
        for (int axis = 0; axis < probabilities.length; axis++) {
            if (options(space.parameters().get(axis)).isPresent()) {
                probabilities[axis] = array(categories.get(next++).probabilities());
            }
        }
        return new Distribution(space, array(means), array(deviations), probabilities);
    }

    List<Double> means() {
        return Arrays.stream(means).boxed().toList();
    }

    List<Double> deviations() {
        return Arrays.stream(deviations).boxed().toList();
    }

    List<Category> categories() {
        List<Category> categories = new ArrayList<>();
        for (int axis = 0; axis < probabilities.length; axis++) {
            if (probabilities[axis].length > 0) {
                categories.add(new Category(
                        space.parameters().get(axis).name(),
                        Arrays.stream(probabilities[axis]).boxed().toList()));
            }
        }
        return List.copyOf(categories);
    }

    /** A point drawn from it. */
    double[] draw(RandomGenerator random) {
        double[] point = new double[means.length];
        for (int axis = 0; axis < point.length; axis++) {
            point[axis] = probabilities[axis].length > 0 ? option(axis, random) : place(axis, random);
        }
        return point;
    }

    private double place(int axis, RandomGenerator random) {
        while (true) { // the mean lies inside, so that about a third of the draws do at least
            double place = means[axis] + deviations[axis] * random.nextGaussian();
            if (place >= 0 && place <= 1) {
                return place;
            }
        }
    }

    private double option(int axis, RandomGenerator random) {
        double left = random.nextDouble();
        int options = probabilities[axis].length;
        int option = 0;
        while (option < options - 1 && left >= probabilities[axis][option]) {
            left -= probabilities[axis][option++];
        }
        return (option + 0.5) / options;
    }

    /**
     * Moved to that of an elite: each parameter to the mean and the variance, or the shares of options, of those in which it is active.
     *
     * @param elite at least one point
     * @param active of each point, which parameters are active there
     * @param smoothing how far, of the whole way
     * @param noise a standard deviation that is added to the elite's
     */
    Distribution movedTo(List<double[]> elite, List<boolean[]> active, double smoothing, double noise) {
        double[] newMeans = means.clone();
        double[] newDeviations = deviations.clone();
        double[][] newProbabilities = new double[means.length][];
        for (int axis = 0; axis < means.length; axis++) {
            int i = axis;
            double[] places = IntStream.range(0, elite.size())
                    .filter(k -> active.get(k)[i])
                    .mapToDouble(k -> elite.get(k)[i])
                    .toArray();
            newProbabilities[axis] = probabilities[axis];
            if (places.length > 0 && probabilities[axis].length > 0) {
                newProbabilities[axis] = shares(places, probabilities[axis], smoothing);
            } else if (places.length > 0) {
                double mean = Arrays.stream(places).average().orElseThrow();
                double variance = Arrays.stream(places)
                        .map(place -> (place - mean) * (place - mean))
                        .average()
                        .orElseThrow();
                double old = deviations[axis] * deviations[axis];
                newMeans[axis] += smoothing * (mean - means[axis]);
                newDeviations[axis] = Math.sqrt(smoothing * (variance + noise * noise) + (1 - smoothing) * old);
            }
        }
        return new Distribution(space, newMeans, newDeviations, newProbabilities);
    }

    private static double[] shares(double[] places, double[] old, double smoothing) {
        double[] shares = new double[old.length];
        for (double place : places) {
            shares[Math.min(old.length - 1, (int) (place * old.length))] += 1.0 / places.length;
        }
        for (int option = 0; option < shares.length; option++) {
            double moved = old[option] + smoothing * (shares[option] - old[option]);
            shares[option] = Math.max(ALIVE / shares.length, moved);
        }
        return normalised(shares);
    }

    private static double[] normalised(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    private static double[] array(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Optional<Choice> options(Parameter parameter) {
        return parameter instanceof Choice choice && !choice.ordered() ? Optional.of(choice) : Optional.empty();
    }
}

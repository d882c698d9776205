package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState.Category;
import dev.chiron.optimizers.space.Parameter.Choice;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * A categorical distribution for each unordered choice, learned from ranks as in CatCMA (Hamano et al. 2024, arXiv
 * 2405.09962): q += rate * sum of w_i (c_i - q), where c_i is 1 at the option of the i-th best point, and no option falls
 * below a margin.
 *
 * <p>Departs from the paper for studies of a few hundred trials: the rate is fixed instead of adapted; the worse half
 * counts as well, mirrored and negative, which nearly halves the number of generations needed; the margin is 0.85 where the
 * paper has 0.73, since every draw of a poor option costs a training run. A point from outside has no negative weight.
 */
final class Categories {

    /** Measured: with 0.1 the best of six options has its place after 300 trials, with 0.3 after 100 to 200. */
    private static final double RATE = 0.3;

    /** The first probability of the baseline's option. */
    private static final double FIRST = 0.5;

    /** How often a draw may have the best options of all choices at once; the rest keeps the others alive. */
    private static final double KEEP = 0.85;

    private final List<Choice> choices;
    private final double[] better;
    private final double[] worse;
    private final List<double[]> probabilities = new ArrayList<>();

    /**
     * The choices with these probabilities of their options.
     *
     * @param weights by rank
     */
    Categories(List<Choice> choices, List<double[]> probabilities, double[] weights) {
        this.choices = choices;
        this.better = weights.clone();
        this.worse = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            worse[i] = -weights[weights.length - 1 - i];
        }
        for (double[] q : probabilities) {
            this.probabilities.add(q.clone());
        }
    }

    /** Half of the probability on the option given here, and the rest spread evenly. */
    static List<double[]> around(List<Integer> options, List<Choice> choices) {
        List<double[]> probabilities = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            int count = choices.get(i).options().size();
            double[] q = new double[count];
            for (int option = 0; option < count; option++) {
                double first = Math.max(FIRST, 1.0 / count);
                q[option] = option == options.get(i) ? first : (1 - first) / (count - 1);
            }
            probabilities.add(q);
        }
        return probabilities;
    }

    /** How often good trials had each option, as if there had been one more, spread evenly. */
    static List<double[]> from(List<List<Integer>> good, List<Choice> choices) {
        List<double[]> probabilities = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            double[] q = new double[choices.get(i).options().size()];
            for (List<Integer> options : good) {
                q[options.get(i)] += 1;
            }
            for (int option = 0; option < q.length; option++) {
                q[option] = (q[option] + 1.0 / q.length) / (good.size() + 1);
            }
            keepAlive(q, choices.size());
            probabilities.add(q);
        }
        return probabilities;
    }

    /**
     * What was learned about choices of another space. A choice of the same name keeps what its options have learned of each other; a new
     * option gets an even share, those that are gone leave theirs to the others.
     *
     * @param first the probabilities of choices of which nothing was learned
     */
    static List<Category> carried(List<Choice> from, List<Category> learned, List<Choice> to, List<double[]> first) {
        List<Category> carried = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            Choice choice = to.get(i);
            double[] q = first.get(i).clone();
            for (int old = 0; old < from.size(); old++) {
                if (from.get(old).equals(choice) && from.size() == to.size()) {
                    q = Vectors.array(learned.get(old).probabilities());
                } else if (from.get(old).name().equals(choice.name())) {
                    q = carried(from.get(old), learned.get(old).probabilities(), choice, q);
                    keepAlive(q, to.size());
                }
            }
            carried.add(new Category(choice.name(), Vectors.list(q)));
        }
        return List.copyOf(carried);
    }

    private static double[] carried(Choice from, List<Double> learned, Choice to, double[] first) {
        double[] q = new double[first.length];
        double kept = 0;
        int fresh = 0;
        for (int option = 0; option < q.length; option++) {
            if (from.problem(to.options().get(option)).isPresent()) {
                fresh++;
            } else {
                q[option] = learned.get(from.index(to.options().get(option)));
                kept += q[option];
            }
        }
        if (kept == 0) {
            return first;
        }
        for (int option = 0; option < q.length; option++) {
            boolean isNew = from.problem(to.options().get(option)).isPresent();
            q[option] = isNew ? 1.0 / q.length : q[option] / kept * (q.length - fresh) / q.length;
        }
        return q;
    }

    List<Category> state() {
        List<Category> states = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            states.add(new Category(choices.get(i).name(), Vectors.list(probabilities.get(i))));
        }
        return List.copyOf(states);
    }

    /** One option of each choice. */
    List<Integer> draw(RandomGenerator random) {
        List<Integer> options = new ArrayList<>(probabilities.size());
        for (double[] q : probabilities) {
            double left = random.nextDouble();
            int option = 0;
            while (option < q.length - 1 && left >= q[option]) {
                left -= q[option++];
            }
            options.add(option);
        }
        return List.copyOf(options);
    }

    void tell(Generation told) {
        double[] plus = told.share(better);
        double[] minus = told.share(worse);
        for (int i = 0; i < probabilities.size(); i++) {
            double[] q = probabilities.get(i);
            double[] change = new double[q.length];
            for (int p = 0; p < told.size(); p++) {
                double weight = plus[p] + minus[p];
                if (weight > 0 || told.ranked.get(p).own()) {
                    pull(change, weight, q, told.ranked.get(p).options().get(i));
                }
            }
            Vectors.add(q, RATE, change);
            keepAlive(q, choices.size());
        }
    }

    /** Nothing of a generation could be measured: back towards options that could. */
    void retreat(List<Integer> refuge) {
        for (int i = 0; i < probabilities.size(); i++) {
            double[] q = probabilities.get(i);
            double[] change = new double[q.length];
            pull(change, 1, q, refuge.get(i));
            Vectors.add(q, RATE, change);
            keepAlive(q, choices.size());
        }
    }

    private static void pull(double[] change, double weight, double[] q, int option) {
        for (int k = 0; k < q.length; k++) {
            change[k] += weight * ((k == option ? 1 : 0) - q[k]);
        }
    }

    /** Lifts every probability to CatCMA's margin, (1 - KEEP^(1 / choices)) / (options - 1). */
    private static void keepAlive(double[] q, int choices) {
        double least = (1 - StrictMath.pow(KEEP, 1.0 / choices)) / (q.length - 1);
        double above = 0;
        for (int k = 0; k < q.length; k++) {
            q[k] = Math.max(q[k], least);
            above += q[k] - least;
        }
        double factor = (1 - q.length * least) / above;
        for (int k = 0; k < q.length; k++) {
            q[k] = least + (q[k] - least) * factor;
        }
    }
}

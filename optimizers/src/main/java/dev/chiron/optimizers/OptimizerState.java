package dev.chiron.optimizers;

import java.util.List;

/**
 * What an optimizer knows, complete: it resumes from this bit for bit, and prompts describe it. Vectors and matrices are
 * lists, so that states are immutable and equal by value; coordinates are those of the unit cube.
 */
public sealed interface OptimizerState {

    /**
     * CMA-ES in the unit cube, with a categorical distribution for each unordered choice.
     *
     * @param axes the names of the coordinates: the numeric parameters and ordered choices, in the space's order
     * @param mean centre of the sampling distribution, one coordinate an axis
     * @param sigma overall step size
     * @param covariance C, row by row; sampling covariance is sigma^2 A C A with A the diagonal of {@code stretch}
     * @param stretch the margin correction's A, one factor an axis; 1 where it does not bind
     * @param sigmas the step size after each of the last generations, oldest first
     * @param categories for each unordered choice its probabilities, in the order of its options
     */
    record CmaEs(
            List<String> axes,
            List<Double> mean,
            double sigma,
            List<List<Double>> covariance,
            List<Double> stretch,
            List<Double> pathSigma,
            List<Double> pathC,
            int generation,
            List<Double> sigmas,
            List<Category> categories,
            List<Drawn> drawn,
            List<Told> told,
            long random)
            implements OptimizerState {}

    /** The learned probabilities of an unordered choice's options. */
    record Category(String name, List<Double> probabilities) {}

    /** A point that was asked for and not yet told: its raw coordinates and the options drawn. */
    record Drawn(List<Double> point, List<Integer> options) {}

    /** A point told in the generation under way. */
    record Told(List<Double> point, List<Integer> options, boolean own, boolean feasible, double loss) {}

    /** Uniform random search: only the generator's state. */
    record Uniform(long random) implements OptimizerState {}
}

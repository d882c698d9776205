package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Origin;
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
     * @param covariance C; sampling covariance is sigma^2 A C A with A the diagonal of {@code stretch}
     * @param stretch the margin correction's A, one factor an axis; 1 where it does not bind
     * @param pathSigma the evolution path that steers sigma, one coordinate an axis
     * @param pathC the evolution path that steers C, one coordinate an axis
     * @param rates the learning rates of mean and covariance; none where they are not adapted
     * @param generation how many generations it has learned from
     * @param began the generation at which the run under way began: 0, or that of the last restart
     * @param restarts how it came to begin then, and with what population
     * @param sigmas the step size after each of the last generations, oldest first
     * @param bests the smallest loss of each of the last measured generations of the run under way, oldest first
     * @param categories for each unordered choice its probabilities, in the order of its options
     * @param drawn asked for and not yet told, oldest first
     * @param told the generation under way
     * @param best the best point told so far, its coordinates those of the config; none before the first
     * @param random the random generator's state
     */
    record CmaEs(
            List<String> axes,
            List<Double> mean,
            double sigma,
            Covariance covariance,
            List<Double> stretch,
            List<Double> pathSigma,
            List<Double> pathC,
            List<LearningRates> rates,
            int generation,
            int began,
            Restarts restarts,
            List<Double> sigmas,
            List<Double> bests,
            List<Category> categories,
            List<Drawn> drawn,
            List<Told> told,
            List<Told> best,
            long random)
            implements OptimizerState {

        /** The same with another generator's state. */
        public CmaEs drawingFrom(long random) {
            return new CmaEs(
                    axes,
                    mean,
                    sigma,
                    covariance,
                    stretch,
                    pathSigma,
                    pathC,
                    rates,
                    generation,
                    began,
                    restarts,
                    sigmas,
                    bests,
                    categories,
                    drawn,
                    told,
                    best,
                    random);
        }
    }

    /**
     * A covariance matrix.
     *
     * @param rows all of its rows; where no correlations are learned, its diagonal as the only one
     */
    record Covariance(List<List<Double>> rows) {
        /** Whether there is anything beside the diagonal. */
        public boolean hasCorrelations() {
            return rows.size() > 1;
        }

        /** One element. */
        public double element(int row, int column) {
            if (hasCorrelations()) {
                return rows.get(row).get(column);
            }
            return row == column ? rows.get(0).get(row) : 0;
        }
    }

    /** The learning rates of CMA-ES where they are adapted. */
    record LearningRates(LearningRate mean, LearningRate covariance) {}

    /**
     * A learning rate and what it follows from.
     *
     * @param rate above 0, at most 1
     * @param average the moving average of the changes, one element a coordinate or an independent element of C
     * @param square the moving average of their squared lengths
     */
    record LearningRate(double rate, List<Double> average, double square) {}

    /**
     * How CMA-ES has begun anew. Evaluations are those of runs that have ended.
     *
     * @param population points a generation in the run under way
     * @param doublings how often the population has doubled
     * @param large whether the run under way has a doubled population
     * @param spentSmall evaluations in the first run and in runs of the small regime
     * @param spentLarge evaluations in runs of the large regime
     * @param lastLarge evaluations in the last run of the large regime; 0 before there was one
     */
    record Restarts(int population, int doublings, boolean large, int spentSmall, int spentLarge, int lastLarge) {}

    /** The learned probabilities of an unordered choice's options. */
    record Category(String name, List<Double> probabilities) {}

    /**
     * A point that was asked for and not yet told.
     *
     * @param point its coordinates as drawn
     * @param placed its coordinates on the grids, those of the config before any repair
     * @param options the options drawn
     * @param generation the generation then
     */
    record Drawn(List<Double> point, List<Double> placed, List<Integer> options, int generation) {}

    /**
     * A point told in the generation under way.
     *
     * @param own whether it was drawn by this optimizer
     * @param feasible whether it was measured
     * @param loss 0 where it was not
     */
    record Told(List<Double> point, List<Integer> options, boolean own, boolean feasible, double loss) {

        /** The same with another loss, if it has one. */
        public Told shiftedBy(double shift) {
            return feasible && Double.isFinite(loss + shift) ? new Told(point, options, own, true, loss + shift) : this;
        }
    }

    /** Uniform random search: only the generator's state. */
    record Uniform(long random) implements OptimizerState {}

    /**
     * Commons Math's CMA-ES, whose state cannot be read: what it takes to go through its steps again.
     *
     * @param start the point of the unit cube where it starts
     * @param answers what came of the points that it asked for, in order
     */
    record CommonsMath(List<Double> start, double sigma, long seed, List<Answer> answers) implements OptimizerState {}

    /** The tree-structured Parzen estimator, whose densities follow from what it was told. */
    record Tpe(Memory memory, long random) implements OptimizerState {}

    /**
     * What a method that models all observations anew has been asked and told.
     *
     * @param observations all that it was told, oldest first
     * @param pending what it was asked for and not yet told, oldest first
     */
    record Memory(List<Observation> observations, List<Config> pending) {}

    /**
     * A Gaussian process: what it knows, and where its search stands.
     *
     * @param hyperparameters logarithms of the last fit: each parameter's inverse squared lengthscale in the unit cube, the
     *     variance of the process, that of the noise; empty before the first
     * @param fitted how many distinct measured configs the last fit saw
     * @param design how many quasi-random points were taken
     * @param shift by which seed they are shifted
     * @param random the random generator's state
     */
    record GaussianProcess(Memory memory, List<Double> hyperparameters, int fitted, int design, long shift, long random)
            implements OptimizerState {}

    /**
     * A random forest: what it knows, and where its search stands.
     *
     * @param design how many quasi-random points were taken
     * @param shift by which seed they are shifted
     * @param random the random generator's state
     */
    record RandomForest(Memory memory, int design, long shift, long random) implements OptimizerState {}

    /**
     * Quasi-random search.
     *
     * @param seed by what its points are shifted
     * @param taken how many points were taken
     */
    record Sobol(long seed, int taken) implements OptimizerState {}

    /**
     * The cross-entropy method.
     *
     * @param means of each parameter in the unit cube, in the space's order; the middle for unordered choices
     * @param deviations the standard deviations; 0 for unordered choices
     * @param categories for each unordered choice its probabilities
     * @param moves how often the distribution was moved
     * @param told the generation under way
     * @param design how many quasi-random points were taken
     * @param shift by which seed they are shifted
     * @param random the random generator's state
     */
    record CrossEntropy(
            List<Double> means,
            List<Double> deviations,
            List<Category> categories,
            int moves,
            List<Observation> told,
            int design,
            long shift,
            long random)
            implements OptimizerState {}

    /**
     * A Gaussian process in a trust region.
     *
     * @param others of what the memory waits for, what others proposed, oldest first
     * @param hyperparameters as of {@link GaussianProcess}; empty before the first fit of the run under way
     * @param fitted how many distinct measured configs the last fit saw
     * @param length of a side of the region, a share of a range, before each parameter's length scale
     * @param successes trials in a row that were clearly better than the best before
     * @param failures trials in a row that were not
     * @param began how many observations came before the run under way
     * @param design how many quasi-random points were taken
     * @param shift by which seed they are shifted
     * @param random the random generator's state
     */
    record Turbo(
            Memory memory,
            List<Config> others,
            List<Double> hyperparameters,
            int fitted,
            double length,
            int successes,
            int failures,
            int began,
            int design,
            long shift,
            long random)
            implements OptimizerState {}

    /**
     * The search along the front of loss and cost: what it knows, and where its search stands.
     *
     * @param loss the last fit of the process of the losses
     * @param cost that of the process of the costs' logarithms, beside what is linear in them
     * @param success that of the process of what fails and what does not
     * @param design how many quasi-random points were taken
     * @param shift by which seed they are shifted
     * @param random the random generator's state
     */
    record CostAware(Memory memory, Fitted loss, Fitted cost, Fitted success, int design, long shift, long random)
            implements OptimizerState {}

    /**
     * The last fit of a Gaussian process.
     *
     * @param hyperparameters as of {@link GaussianProcess}; empty before the first
     * @param data how many points it saw
     */
    record Fitted(List<Double> hyperparameters, int data) {}

    /**
     * Conformalised quantile regression, whose quantiles follow from what it was told.
     *
     * @param design how many quasi-random points were taken
     * @param shift by which seed they are shifted
     * @param random the random generator's state
     */
    record Conformal(Memory memory, int design, long shift, long random) implements OptimizerState {}

    /**
     * A genetic algorithm, whose population follows from what it was told.
     *
     * @param design how many quasi-random points were taken
     * @param shift by which seed they are shifted
     * @param random the random generator's state
     */
    record Genetic(Memory memory, int design, long shift, long random) implements OptimizerState {}

    /**
     * NSGA-II, whose population follows from what it was told.
     *
     * @param design how many quasi-random points were taken
     * @param shift by which seed they are shifted
     * @param random the random generator's state
     */
    record Nsga2(Memory memory, int design, long shift, long random) implements OptimizerState {}

    /**
     * MO-CMA-ES.
     *
     * @param population the oldest first
     * @param asked for and not yet told, oldest first
     * @param told how many observations it was told
     * @param design how many quasi-random points were taken
     * @param shift by which seed they are shifted
     * @param random the random generator's state
     */
    record MoCmaEs(List<Individual> population, List<Offspring> asked, int told, int design, long shift, long random)
            implements OptimizerState {}

    /**
     * An individual of MO-CMA-ES.
     *
     * @param number how many observations were told before it
     * @param losses of all objectives; none that count where it breaks conditions
     * @param violation by how much it breaks conditions on its metrics; 0 where it keeps them
     * @param sigma its width, as a share of each axis
     * @param success the smoothed share of its children that succeed, in [0, 1]
     * @param path the evolution path that steers its covariance, one coordinate an axis
     */
    record Individual(
            int number,
            Config config,
            List<Double> losses,
            double violation,
            double sigma,
            double success,
            List<Double> path,
            Covariance covariance) {

        /** The same with other things learned. */
        public Individual learned(double width, double share, List<Double> steps, Covariance shape) {
            return new Individual(number, config, losses, violation, width, share, steps, shape);
        }
    }

    /**
     * A config that MO-CMA-ES was asked for.
     *
     * @param parent as it was then; none of what is quasi-random
     */
    record Offspring(Config config, List<Individual> parent) {}

    /**
     * Grid search.
     *
     * @param seed of the order of its points
     * @param refinements by how many steps the grid is finer than the coarsest one
     * @param next the number of the point that is looked at next
     * @param pending asked for and not yet told, oldest first
     * @param withdrawn asked for and not run, which are asked for again first
     */
    record Grid(long seed, int refinements, long next, List<Config> pending, List<Config> withdrawn)
            implements OptimizerState {}

    /**
     * Several methods that take turns by credit.
     *
     * @param members in the portfolio's order
     * @param told how many observations it was told
     * @param recent what came of the last of them, oldest first
     * @param best the smallest loss; none before the first
     * @param pending asked for and not yet told, oldest first
     */
    record Portfolio(List<Member> members, int told, List<Answer> recent, List<Double> best, List<Asked> pending)
            implements OptimizerState {}

    /**
     * A method of a portfolio.
     *
     * @param origin of what it proposes
     * @param trials of its proposals that were told
     * @param count of those that earned credit, old ones counting less
     * @param worth of these, each in [0, 1], discounted alike
     * @param state what it knows
     */
    record Member(Origin origin, int trials, double count, double worth, OptimizerState state) {}

    /**
     * A config that a member was asked for.
     *
     * @param member its number
     * @param opening whether it earns no credit
     */
    record Asked(Config config, int member, boolean opening) {}

    /**
     * One optimizer for each part of a training.
     *
     * @param rungs the whole training first, then ever smaller parts of it
     * @param asked the number of the one whose model knows enough now
     * @param random the random generator's state
     */
    record Rungwise(List<Rung> rungs, int asked, long random) implements OptimizerState {}

    /**
     * The optimizer of a part of a training.
     *
     * @param share of a whole training, above 0, at most 1
     * @param measured how many runs of that share were told that did not fail
     * @param state what it knows
     */
    record Rung(double share, int measured, OptimizerState state) {}

    /** What came of a point; the loss is 0 where it failed. */
    record Answer(boolean feasible, double loss) {}
}

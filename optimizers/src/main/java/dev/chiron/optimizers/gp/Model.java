package dev.chiron.optimizers.gp;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a memory says to the process: the data, and the points whose outcome can only be believed. */
final class Model {

    /** Data beyond this would take more time than a proposal may. */
    private static final int MOST_DATA = 300;

    /** The fit works the cube out at every step, so it sees fewer. */
    private static final int MOST_FITTED = 150;

    private static final int MOST_BELIEVED = 60;

    private Model() {}

    /** The mean of the losses at one config. */
    private record Mean(double loss, int count) {
        Mean with(double another) {
            double share = 1.0 / (count + 1);
            return new Mean(loss * (1 - share) + another * share, count + 1);
        }
    }

    /** The measured configs, each once; a pruned one counts with its last loss. Empty if all are alike. */
    static Optional<Data> data(List<Observation> observations, SearchSpace space, boolean[] unordered) {
        Map<Config, Mean> means = new LinkedHashMap<>();
        for (Observation observation : observations) {
            if (observation.kind() != Kind.INFEASIBLE) {
                Mean known = means.getOrDefault(observation.config(), new Mean(0, 0));
                means.put(observation.config(), known.with(observation.loss()));
            }
        }
        double[][] points = means.keySet().stream().map(space::encode).toArray(double[][]::new);
        double[] repeats = means.values().stream().mapToDouble(Mean::count).toArray();
        double[] losses = means.values().stream().mapToDouble(Mean::loss).toArray();
        double[] values = losses.length == 0 ? losses : Outcomes.standardised(losses);
        for (double value : values) {
            if (value != 0) {
                return Optional.of(new Data(points, values, repeats, unordered));
            }
        }
        return Optional.empty();
    }

    /** Fitted from where the last fit ended, and from the first guess while data are few. */
    static double[] fit(Data data, List<Double> last) {
        int dimension = data.unordered.length;
        List<double[]> starts = new ArrayList<>();
        if (!last.isEmpty()) {
            starts.add(Hyperparameters.array(last));
        }
        if (last.isEmpty() || data.size() <= 100) {
            starts.add(Hyperparameters.initial(dimension).logs());
        }
        return new Likelihood(data.atMost(MOST_FITTED)).fit(starts);
    }

    /**
     * The process given the data and, as believed, what the process expects at points that are being run or have failed, but
     * nothing better than the incumbent (kriging believer, Ginsbourger et al. 2010): there is nothing to gain there.
     */
    static Regression regression(Data all, double[][] believed, Hyperparameters hyperparameters) {
        double[][] latest = believed.length <= MOST_BELIEVED
                ? believed
                : Arrays.copyOfRange(believed, believed.length - MOST_BELIEVED, believed.length);
        Data data = all.atMost(MOST_DATA - latest.length);
        Regression measured = new Regression(data, hyperparameters);
        if (latest.length == 0) {
            return measured;
        }
        double incumbent = measured.leastMean();
        double[] values = new double[latest.length];
        for (int k = 0; k < latest.length; k++) {
            values[k] = Math.max(incumbent, measured.mean(latest[k]));
        }
        return new Regression(data.with(latest, values), hyperparameters);
    }
}

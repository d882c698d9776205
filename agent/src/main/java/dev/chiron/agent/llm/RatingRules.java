package dev.chiron.agent.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.gp.Posterior;
import dev.chiron.optimizers.gp.Surface;
import dev.chiron.optimizers.space.Numbers;
import java.util.Arrays;
import java.util.List;

/**
 * What can be foretold of configs without knowing what they mean: their values by a Gaussian process through the trials that the prompt lists, whether they fail by
 * what became of the trials near them, the nearer the more it counts (Shepard 1968).
 */
final class RatingRules {

    /** Weights fall with the distance to the power of the number of parameters and this: with less the many far trials outweigh the near ones. */
    private static final int STEEPER = 2;

    /** A trial this near, in ranges, counts like the config itself. */
    private static final double NEAR = 1e-3;

    /** Where the tail of the values ends: e to the power of this times as far from the middle as the best. */
    private static final double MOST_LOG = 5;

    private final ObjectMapper json = new ObjectMapper();

    /** The reply to a prompt that asks for ratings; an empty object where nothing was measured. */
    String reply(String prompt) {
        PromptTrials trials = new PromptTrials(prompt);
        List<PromptTrials.Known> measured = trials.best();
        if (measured.isEmpty()) {
            return "{}";
        }
        boolean ofMarks = prompt.contains("\"top\": ");
        boolean ofLabels = ofMarks && prompt.contains("else 0.");
        ObjectNode reply = json.createObjectNode();
        ArrayNode ratings = reply.putArray("ratings");
        double[][] foretold = foretold(trials, measured, !ofMarks);
        for (int i = 0; i < foretold[0].length; i++) {
            ObjectNode rating = ratings.addObject();
            rating.put("candidate", i + 1);
            double value = foretold[0][i];
            if (ofMarks) {
                double chance = Math.min(1, Math.max(0, value));
                rating.put("top", ofLabels ? Math.rint(chance) : rounded(chance));
            } else {
                rating.put("value", rounded(value));
                if (prompt.contains("\"sd\": ")) {
                    rating.put("sd", rounded(foretold[1][i]));
                    rating.put("failure", rounded(failure(trials.candidates().get(i), trials)));
                }
            }
        }
        return reply.toString();
    }

    /** Means and standard deviations of the candidates. */
    private static double[][] foretold(PromptTrials trials, List<PromptTrials.Known> measured, boolean ofValues) {
        double[][] points =
                measured.stream().map(trial -> trials.point(trial.values())).toArray(double[][]::new);
        double[] values = measured.stream()
                .mapToDouble(trial -> trial.value().orElseThrow())
                .toArray();
        double[] seen = ofValues ? withoutTail(values) : values;
        return Surface.of(points, seen, trials.unordered(), Posterior.Fit.NONE)
                .at(trials.candidates().stream().map(trials::point).toArray(double[][]::new));
    }

    /** What is further from the middle than the best is, on the other side, is brought in logarithmically, so that it does not flatten all else. */
    private static double[] withoutTail(double[] bestFirst) {
        double best = bestFirst[0];
        double median = bestFirst[bestFirst.length / 2];
        if (median == best) {
            return bestFirst;
        }
        return Arrays.stream(bestFirst)
                .map(value -> {
                    double z = (value - median) / (median - best);
                    return z > 1 ? median + (median - best) * (1 + Math.min(MOST_LOG, Math.log(z))) : value;
                })
                .toArray();
    }

    private static double failure(List<JsonNode> candidate, PromptTrials trials) {
        double sum = 0;
        double weights = 0;
        for (PromptTrials.Known trial : trials.known()) {
            double distance = Math.max(NEAR, trials.distance(candidate, trial.values()));
            double weight = Math.pow(distance, -(candidate.size() + STEEPER));
            sum += trial.failed() ? weight : 0;
            weights += weight;
        }
        return sum / weights;
    }

    private static double rounded(double number) {
        return Double.parseDouble(Numbers.text(number, 6));
    }
}

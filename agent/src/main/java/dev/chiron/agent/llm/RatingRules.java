package dev.chiron.agent.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What rules of thumb foretell of configs: what the trials near them brought, the nearer the more it counts (Shepard 1968), and the less
 * surely the further away the nearest is.
 */
final class RatingRules {

    /** Weights fall with the distance to the power of the number of parameters and this: with less the many far trials outweigh the near ones. */
    private static final int STEEPER = 2;

    /** A trial this near, in ranges, counts like the config itself. */
    private static final double NEAR = 1e-3;

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
        for (List<JsonNode> candidate : trials.candidates()) {
            ObjectNode rating = ratings.addObject();
            rating.put("candidate", ratings.size());
            double value =
                    near(candidate, measured, trials, trial -> trial.value().orElseThrow());
            if (ofMarks) {
                rating.put("top", ofLabels ? Math.rint(value) : rounded(value));
            } else {
                rating.put("value", rounded(value));
                if (prompt.contains("\"sd\": ")) {
                    rating.put("sd", rounded(doubt(candidate, measured, trials)));
                    rating.put("failure", rounded(near(candidate, trials.known(), trials, RatingRules::failed)));
                }
            }
        }
        return reply.toString();
    }

    private static double failed(PromptTrials.Known trial) {
        return trial.failed() ? 1 : 0;
    }

    private static double near(
            List<JsonNode> candidate,
            List<PromptTrials.Known> known,
            PromptTrials trials,
            ToDoubleFunction<PromptTrials.Known> of) {
        double sum = 0;
        double weights = 0;
        for (PromptTrials.Known trial : known) {
            double distance = Math.max(NEAR, trials.distance(candidate, trial.values()));
            double weight = Math.pow(distance, -(candidate.size() + STEEPER));
            sum += weight * of.applyAsDouble(trial);
            weights += weight;
        }
        return sum / weights;
    }

    /** Half the spread of the better half, as far as the nearest trial is as far away as trials are from each other. */
    private static double doubt(List<JsonNode> candidate, List<PromptTrials.Known> measured, PromptTrials trials) {
        List<Double> apart = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            for (int j = 0; j < i; j++) {
                apart.add(trials.distance(
                        measured.get(i).values(), measured.get(j).values()));
            }
        }
        Collections.sort(apart);
        double usual = apart.isEmpty() ? 1 : Math.max(NEAR, apart.get(apart.size() / 2));
        double nearest = measured.stream()
                .mapToDouble(trial -> trials.distance(candidate, trial.values()))
                .min()
                .orElse(usual);
        return spread(measured) / 2 * Math.min(1, nearest / usual);
    }

    /** From the best to the middle; where so many are level, to the best of those that are worse. Where all are level any would do. */
    private static double spread(List<PromptTrials.Known> measured) {
        double best = measured.get(0).value().orElseThrow();
        return measured.subList(measured.size() / 2, measured.size()).stream()
                .mapToDouble(trial -> Math.abs(trial.value().orElseThrow() - best))
                .filter(apart -> apart > 0)
                .findFirst()
                .orElse(1);
    }

    private static double rounded(double number) {
        return Double.parseDouble(Numbers.text(number, 6));
    }
}

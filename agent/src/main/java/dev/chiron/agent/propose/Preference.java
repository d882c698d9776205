package dev.chiron.agent.propose;

import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.surrogate.LogEi;
import dev.chiron.prompts.reply.Rating;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Which candidate LLAMBO runs: that of the largest expected improvement on the best value, less its chance of failing, or that which is
 * most likely among the best. What was not foretold of a candidate is taken as the others' mean (the paper's code); the uncertainty is
 * at least a hundred-thousandth of the range that the values have (there: of one).
 */
final class Preference {

    private static final double LEAST_DEVIATION = 1e-5;

    /** No failure is so sure that nothing could be said of the config otherwise. */
    private static final double MOST_SURE = 0.999;

    private Preference() {}

    /** The place of the chosen one; of equals the first. At least one is rated. */
    static int byChance(List<Optional<Rating>> ratings) {
        double other = mean(ratings, rating -> OptionalDouble.of(rating.value()));
        return largest(ratings.stream()
                .map(rating -> rating.map(Rating::value).orElse(other))
                .toList());
    }

    /**
     * The place of the chosen one; of equals the first. At least one is rated.
     *
     * @param best the best value measured
     * @param range that the measured values have
     */
    static int byImprovement(List<Optional<Rating>> ratings, Objective objective, double best, double range) {
        double value = mean(ratings, rating -> OptionalDouble.of(rating.value()));
        double deviation = mean(ratings, Rating::deviation);
        double failure = mean(ratings, Rating::failure);
        double least = LEAST_DEVIATION * (range > 0 ? range : 1);
        return largest(ratings.stream()
                .map(rating -> {
                    double mean = rating.map(Rating::value).orElse(value);
                    double sd = said(rating, Rating::deviation).orElse(deviation);
                    double risk = said(rating, Rating::failure).orElse(failure);
                    return LogEi.of(objective.loss(mean), Math.max(least, sd), objective.loss(best))
                            + Math.log1p(-Math.min(MOST_SURE, risk));
                })
                .toList());
    }

    private static OptionalDouble said(Optional<Rating> rating, Function<Rating, OptionalDouble> of) {
        return rating.map(of).orElse(OptionalDouble.empty());
    }

    /** Of those of which it was said; 0 if of none. */
    private static double mean(List<Optional<Rating>> ratings, Function<Rating, OptionalDouble> of) {
        return ratings.stream()
                .flatMap(Optional::stream)
                .map(of)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average()
                .orElse(0);
    }

    private static int largest(List<Double> scores) {
        return IntStream.range(0, scores.size())
                .reduce((one, other) -> scores.get(other) > scores.get(one) ? other : one)
                .orElseThrow();
    }
}

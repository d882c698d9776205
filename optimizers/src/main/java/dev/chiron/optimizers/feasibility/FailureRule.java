package dev.chiron.optimizers.feasibility;

import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where one kind of failure happened, as a person would say it: out of memory in 41 of 43 trials with DEPTH x ASPECT_RATIO
 * above 900, and in 2 of 257 others. {@link Feasibility} knows the border better; this is its description.
 *
 * @param failed the trials inside the region that failed for the reason
 * @param of all trials inside the region
 * @param othersFailed the trials outside that failed for the reason
 * @param others all trials outside
 */
public record FailureRule(Reason reason, Region region, int failed, int of, int othersFailed, int others) {

    /** Fewer failures are told one by one. */
    private static final int LEAST = 3;

    /** Inside, failures are at least so many times as frequent as outside. */
    private static final double CONTRAST = 2;

    /**
     * What these trials teach: at most one rule for each kind of failure, none where no plain rule stands out from chance.
     * Trials that the machine broke are not counted.
     */
    public static List<FailureRule> learn(SearchSpace space, List<Trial> trials) {
        List<Trial> told = trials.stream()
                .filter(trial -> !isFailed(trial, Reason.INFRASTRUCTURE))
                .toList();
        List<FailureRule> rules = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            if (told.stream().filter(trial -> isFailed(trial, reason)).count() >= LEAST) {
                learn(space, told, reason).ifPresent(rules::add);
            }
        }
        return rules;
    }

    private static Optional<FailureRule> learn(SearchSpace space, List<Trial> trials, Reason reason) {
        List<Trial> failures =
                trials.stream().filter(trial -> isFailed(trial, reason)).toList();
        List<Trial> successes = trials.stream() // who failed in another way says nothing about this one
                .filter(trial -> !(trial.outcome() instanceof Outcome.Failed))
                .toList();
        return new RegionSearch(space, failures, successes)
                .best()
                .map(region -> count(trials, reason, region))
                .filter(FailureRule::isTelling);
    }

    private static FailureRule count(List<Trial> trials, Reason reason, Region region) {
        int failed = 0;
        int of = 0;
        int allFailed = 0;
        for (Trial trial : trials) {
            boolean inside = region.holds(trial.config());
            boolean fails = isFailed(trial, reason);
            of += inside ? 1 : 0;
            failed += inside && fails ? 1 : 0;
            allFailed += fails ? 1 : 0;
        }
        return new FailureRule(reason, region, failed, of, allFailed - failed, trials.size() - of);
    }

    private boolean isTelling() {
        return failed >= LEAST && (double) failed * others >= CONTRAST * othersFailed * of;
    }

    private static boolean isFailed(Trial trial, Reason reason) {
        return trial.outcome() instanceof Outcome.Failed failure && failure.reason() == reason;
    }
}

package dev.chiron.prompts.describe;

import dev.chiron.optimizers.feasibility.FailureRule;
import dev.chiron.optimizers.feasibility.Region;
import dev.chiron.optimizers.space.Numbers;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Where trials failed, in the user's units. */
public final class FailureText {

    private FailureText() {}

    /** A sentence that follows others; empty without a rule. */
    public static String of(List<FailureRule> rules) {
        return rules.isEmpty()
                ? ""
                : rules.stream().map(FailureText::text).collect(Collectors.joining("; ", " Failed where: ", "."));
    }

    private static String text(FailureRule rule) {
        return rule.reason().label() + " in " + where(rule);
    }

    /** All 12 trials with DEPTH above 8, in none of 20 others. */
    static String where(FailureRule rule) {
        String inside = rule.failed() == rule.of() ? "all " + rule.of() : rule.failed() + " of " + rule.of();
        String others = rule.othersFailed() == 0 ? "none" : Integer.toString(rule.othersFailed());
        return inside + " trials with " + region(rule.region()) + ", in " + others + " of " + rule.others() + " others";
    }

    private static String region(Region region) {
        if (region instanceof Region.Option option) {
            return Written.line(option.name()) + " = " + Written.json(option.option());
        }
        if (region instanceof Region.Limit limit) {
            return limit.names().stream()
                            .distinct()
                            .map(name -> factor(name, Collections.frequency(limit.names(), name)))
                            .collect(Collectors.joining(" x "))
                    + (limit.above() ? " above " : " below ")
                    + Numbers.text(limit.limit());
        }
        throw new AssertionError(region);
    }

    private static String factor(String name, int times) {
        return Written.line(name) + (times == 1 ? "" : "^" + times);
    }
}

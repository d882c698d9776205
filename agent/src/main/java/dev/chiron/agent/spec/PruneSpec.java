package dev.chiron.agent.spec;

import dev.chiron.optimizers.prune.Consultation;
import dev.chiron.optimizers.prune.Extrapolation;
import dev.chiron.optimizers.prune.Hyperband;
import dev.chiron.optimizers.prune.Patient;
import dev.chiron.optimizers.prune.Percentile;
import dev.chiron.optimizers.prune.Pruner;
import dev.chiron.optimizers.prune.SuccessiveHalving;
import dev.chiron.optimizers.prune.Threshold;
import dev.chiron.optimizers.prune.Timing;
import dev.chiron.optimizers.prune.Wilcoxon;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.Objective;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which runs are stopped early.
 *
 * @param by the rule's name; {@code none} for no rule
 * @param then the rule that {@code patient} leaves it to; {@code none} where it decides itself
 * @param settings their numbers by the last part of their keys; what is missing follows from the first trials
 */
public record PruneSpec(String by, String then, Map<String, Double> settings) {

    /** Every run comes to its own end. */
    public static final PruneSpec NONE = new PruneSpec(Key.NONE, Key.NONE, Map.of());

    static final String MEDIAN = "median";
    static final String PERCENTILE = "percentile";
    static final String ASHA = "asha";
    static final String HYPERBAND = "hyperband";
    static final String PATIENT = "patient";
    static final String THRESHOLD = "threshold";
    static final String WILCOXON = "wilcoxon";
    static final String EXTRAPOLATE = "extrapolate";
    static final String MODEL = "model";

    private static final double HALF = 50;

    public PruneSpec {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * What settings say, as {@code prune.by} and so on.
     *
     * @throws dev.chiron.agent.BadInput if there is no such rule, or it has no such setting
     */
    public static PruneSpec of(List<Setting> settings) {
        return new PruneReader(new Settings(List.of(Settings.of(settings)))).read();
    }

    /** Whether any run is stopped. */
    public boolean isAsked() {
        return !by.equals(Key.NONE);
    }

    /** Whether a model is asked. */
    public boolean asksModel() {
        return by.equals(MODEL) || then.equals(MODEL);
    }

    /**
     * The rule.
     *
     * @param objective whose curves it sees
     * @param seed of the study
     */
    public Optional<Pruner> pruner(Objective objective, long seed) {
        return isAsked() ? Optional.of(named(by, objective, seed)) : Optional.empty();
    }

    private Pruner named(String name, Objective objective, long seed) {
        return switch (name) {
            case MEDIAN -> new Percentile(HALF, whole("startup"), timing(), whole("least"));
            case PERCENTILE -> new Percentile(number("percentile"), whole("startup"), timing(), whole("least"));
            case ASHA -> new SuccessiveHalving(whole("reduction"), find("grace"), 0);
            case HYPERBAND -> new Hyperband("chiron-" + seed, number("grace"), find("longest"), whole("reduction"));
            case PATIENT ->
                new Patient(
                        then.equals(Key.NONE) ? Optional.empty() : Optional.of(named(then, objective, seed)),
                        whole("patience"),
                        number("delta"));
            case THRESHOLD -> Threshold.of(objective, find("low"), find("high"), timing());
            case WILCOXON -> new Wilcoxon(number("level"), whole("least"));
            case EXTRAPOLATE ->
                new Extrapolation(number("level"), whole("startup"), number("warmup"), find("interval"));
            case MODEL -> new Consultation(whole("reduction"), find("grace"), whole("startup"), number("percentile"));
            default -> throw new AssertionError(name);
        };
    }

    private Timing timing() {
        return new Timing(number("warmup"), number("interval"));
    }

    private double number(String setting) {
        return Objects.requireNonNull(settings.get(setting));
    }

    private int whole(String setting) {
        return (int) number(setting);
    }

    private OptionalDouble find(String setting) {
        Double number = settings.get(setting);
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** In words: {@code asha, reduction 3, grace 5}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(by);
        if (!then.equals(Key.NONE)) {
            text.append(", then ").append(then);
        }
        settings.forEach(
                (name, number) -> text.append(", ").append(name).append(' ').append(Numbers.text(number)));
        return text.toString();
    }
}

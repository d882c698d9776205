package dev.chiron.agent.code;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which version of the script is tuned next: asynchronous successive halving over versions (Li et al., arXiv 1810.05934). A
 * version that has had as many trials as a rung asks for, and is among the better quarter of those that have, gets three times as many more.
 * So a version that begins badly is left soon, and one that is tuned is compared with others as far as those were tuned.
 */
final class Rungs {

    /** Of the versions on a rung one in so many goes on, and gets so many times the trials. */
    private static final int ETA = 4;

    private final Map<String, List<Double>> bests = new LinkedHashMap<>(); // after each trial, by version

    /** Takes a trial of a version into account: infinite if it failed. */
    void add(String version, double loss) {
        List<Double> known = bests.computeIfAbsent(version, id -> new ArrayList<>());
        double best = known.isEmpty() ? Double.POSITIVE_INFINITY : known.get(known.size() - 1);
        known.add(Math.min(best, loss));
    }

    /** Whether a trial of the version was taken into account. */
    boolean knows(String version) {
        return bests.containsKey(version);
    }

    /**
     * The version to tune next, the one furthest up first; empty if none has earned it, and the incumbent's is as good as any.
     *
     * @param beaten versions whose edits were kept: they are what others are compared with, and are tuned no more
     */
    Optional<String> next(Set<String> beaten) {
        int highest = bests.values().stream().mapToInt(List::size).max().orElse(0);
        int top = 1;
        while (top * ETA <= highest) {
            top *= ETA;
        }
        for (int rung = top; rung >= 1; rung /= ETA) {
            Optional<String> earned = promotable(rung, beaten);
            if (earned.isPresent()) {
                return earned;
            }
        }
        return Optional.empty();
    }

    private Optional<String> promotable(int rung, Set<String> beaten) {
        List<Map.Entry<String, List<Double>>> ranked = bests.entrySet().stream()
                .filter(version -> version.getValue().size() >= rung)
                .sorted(Comparator.comparingDouble(version -> version.getValue().get(rung - 1)))
                .toList();
        return ranked.stream()
                .limit(ranked.size() / ETA)
                .filter(version -> version.getValue().get(rung - 1) < Double.POSITIVE_INFINITY)
                .filter(version -> version.getValue().size() < rung * ETA)
                .map(Map.Entry::getKey)
                .filter(version -> !beaten.contains(version))
                .findFirst();
    }
}

package dev.chiron.agent.propose;

import dev.chiron.agent.Keeping;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.fidelity.Intervals;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Pending;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The members of populations, one population after the other: places that trials have, told by their numbers. All of it follows from the trials.
 *
 * @param size of a population, 2 or more
 * @param intervals the pieces of a training
 */
record Population(int size, Intervals intervals, Objective objective) {

    /** A member as it stands. */
    static final class Member {
        private final int place;
        private final Map<Integer, Trial> values = new TreeMap<>(); // of its training, by step
        private int last;
        private int step; // that its last trial has come to, or was to come to
        private boolean running;
        private boolean failed;

        Member(int place) {
            this.place = place;
        }

        /** From 0, over all populations. */
        int place() {
            return place;
        }

        /** The number of its last trial. */
        int last() {
            return last;
        }

        /** How many pieces its last trial has behind it at its end, or would have. */
        int step() {
            return step;
        }

        /** Whether that has not ended. */
        boolean isRunning() {
            return running;
        }

        /** Whether it ended without a value. */
        boolean hasFailed() {
            return failed;
        }

        private void begin(Pending trial, int to) {
            last = trial.number();
            step = to;
            running = true;
            failed = false;
            if (trial.origin() == Origin.RANDOM) {
                values.clear(); // another training
            }
        }

        private void end(Trial trial, boolean isMeasured) {
            running = false;
            failed = !isMeasured;
            if (isMeasured) {
                values.put(step, trial);
            }
        }
    }

    /** All members that there are, by place. */
    Map<Integer, Member> members(History history) {
        Map<Integer, Trial> ended = new TreeMap<>();
        history.trials().forEach(trial -> ended.put(trial.number(), trial));
        Map<Integer, Member> members = new TreeMap<>();
        Stream.concat(
                        ended.values().stream()
                                .map(trial -> new Pending(trial.number(), trial.change(), trial.origin())),
                        history.pending().stream())
                .filter(this::isPlaced)
                .sorted(Comparator.comparingInt(Pending::number))
                .forEach(trial -> {
                    Member member = members.computeIfAbsent(place(trial.change()), Member::new);
                    member.begin(trial, intervals.step(trial.change()).orElseThrow());
                    if (ended.containsKey(trial.number())) {
                        Trial over = ended.get(trial.number());
                        member.end(over, Double.isFinite(loss(over)));
                    }
                });
        return members;
    }

    private boolean isPlaced(Pending trial) {
        return trial.change()
                        .begin()
                        .filter(begin -> begin.member().isPresent())
                        .isPresent()
                && !trial.origin().isCheck()
                && intervals.step(trial.change()).isPresent();
    }

    private static int place(Change change) {
        return change.begin().orElseThrow().member().orElseThrow();
    }

    /** Of a run without a value that counts it is infinite. */
    private double loss(Trial trial) {
        return Observation.of(trial, objective)
                .filter(observation -> observation.kind() == Observation.Kind.MEASURED)
                .map(Observation::loss)
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether a member's training is whole. */
    boolean isDone(Member member) {
        return member.step() == intervals.count() && !member.isRunning() && !member.hasFailed();
    }

    /** Those of one population, by place. */
    List<Member> of(int population, Map<Integer, Member> all) {
        return all.values().stream()
                .filter(member -> member.place() / size == population)
                .toList();
    }

    /** The trials that came to a step, one a member, the best first; of equals the earlier. Also of members that have gone on or were replaced since. */
    List<Trial> ranked(List<Member> members, int step) {
        return members.stream()
                .filter(member -> member.values.containsKey(step))
                .map(member -> member.values.get(step))
                .sorted(Comparator.comparingDouble(this::loss).thenComparingInt(Trial::number))
                .toList();
    }

    /** A member's trial at a step that it has come to. */
    static Trial at(Member member, int step) {
        Trial trial = member.values.get(step);
        if (trial == null) {
            throw new IllegalArgumentException("it never came to step " + step);
        }
        return trial;
    }

    /** Every checkpoint from the step on to which all have come is needed; of the others those of whole trainings, the last first. */
    Keeping.Wanted wanted(History history) {
        Map<Integer, Member> all = members(history);
        Set<Integer> needed = new LinkedHashSet<>();
        List<Integer> further = new ArrayList<>();
        int populations =
                all.keySet().stream().mapToInt(place -> place / size + 1).max().orElse(0);
        for (int population = 0; population < populations; population++) {
            List<Member> members = of(population, all);
            int slowest = members.stream()
                    .filter(member -> !isDone(member))
                    .mapToInt(member -> member.isRunning() || member.hasFailed() ? member.step() - 1 : member.step())
                    .min()
                    .orElse(intervals.count());
            int least = members.size() < size ? 1 : slowest;
            members.forEach(member -> member.values.forEach((step, trial) -> {
                if (step == intervals.count()) {
                    further.add(0, trial.number());
                } else if (step >= least) {
                    needed.add(trial.number());
                }
            }));
        }
        return new Keeping.Wanted(needed, further);
    }
}

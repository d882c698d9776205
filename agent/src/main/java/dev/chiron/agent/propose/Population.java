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
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * The members of populations, one population after the other: places that trials have, told by their numbers. All of it follows from the trials.
 *
 * @param size of a population, 2 or more
 * @param intervals the pieces of a training
 * @param saved whether the checkpoint of a trial of that number is there to go on from
 */
record Population(int size, Intervals intervals, Objective objective, IntPredicate saved) {

    /** A member as it stands. */
    static final class Member {
        private final int place;
        private final Map<Integer, Trial> values = new TreeMap<>(); // of its training, by step
        private int last;
        private int step; // that its last trial has come to, or was to come to
        private boolean running;
        private boolean failed;
        private boolean lost;

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

        /** Whether it ended without a value, or with nothing to go on from where there is a rest of the training. */
        boolean hasFailed() {
            return failed;
        }

        /** Whether that was for want of a checkpoint alone. */
        boolean isLost() {
            return lost;
        }

        private void begin(Pending trial, int to) {
            last = trial.number();
            step = to;
            running = true;
            failed = false;
            lost = false;
            if (trial.origin() == Origin.RANDOM) {
                values.clear(); // another training
            }
        }

        private void end(Trial trial, boolean isMeasured, boolean goesOn) {
            running = false;
            lost = isMeasured && !goesOn;
            failed = !isMeasured || lost;
            if (!failed) {
                values.put(step, trial);
            }
        }
    }

    /** All members that there are, by place. */
    Map<Integer, Member> members(History history) {
        Map<Integer, Trial> ended = new TreeMap<>();
        history.trials().forEach(trial -> ended.put(trial.number(), trial));
        Map<Integer, Member> members = new TreeMap<>();
        Stream.concat(ended.values().stream().map(Population::begun), history.pending().stream())
                .filter(this::isPlaced)
                .sorted(Comparator.comparingInt(Pending::number))
                .forEach(trial -> {
                    Member member = members.computeIfAbsent(place(trial.change()), Member::new);
                    member.begin(trial, step(trial.change()));
                    if (ended.containsKey(trial.number())) {
                        Trial over = ended.get(trial.number());
                        member.end(over, Double.isFinite(loss(over)), isWhole(over) || saved.test(over.number()));
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

    private static Pending begun(Trial trial) {
        return new Pending(trial.number(), trial.change(), trial.origin());
    }

    private int step(Change change) {
        return intervals.step(change).orElseThrow();
    }

    private boolean isWhole(Trial trial) {
        return step(trial.change()) == intervals.count();
    }

    /**
     * The furthest step that any has begun, if as many runs as there are members have come to it with a value, and none with a checkpoint: the script does not save there, whoever it is. (Of steps
     * before that one checkpoints are removed.)
     */
    OptionalInt unsaved(History history) {
        List<Trial> ended = history.trials().stream()
                .filter(trial -> isPlaced(begun(trial)))
                .toList();
        int furthest = Stream.concat(ended.stream().map(Population::begun), history.pending().stream())
                .filter(this::isPlaced)
                .mapToInt(trial -> step(trial.change()))
                .max()
                .orElse(intervals.count());
        List<Trial> there = ended.stream()
                .filter(trial -> step(trial.change()) == furthest && Double.isFinite(loss(trial)))
                .toList();
        boolean none = there.stream().noneMatch(trial -> isWhole(trial) || saved.test(trial.number()));
        return none && there.size() >= size ? OptionalInt.of(furthest) : OptionalInt.empty();
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

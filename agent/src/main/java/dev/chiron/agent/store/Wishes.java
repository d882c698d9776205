package dev.chiron.agent.store;

import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wished for and not run yet, the next first. Each trial that was wished for is of the first wish that waited then. */
public final class Wishes {

    private final List<Taken> waiting = new ArrayList<>();

    /** The wishes that trials came of, by the trials' numbers. */
    static Map<Integer, Steering.Wish> run(List<Entry> entries, List<Taken> steerings) {
        Map<Integer, Steering.Wish> run = new LinkedHashMap<>();
        Wishes wishes = new Wishes();
        int taken = 0;
        for (Entry entry : entries) {
            Trial trial = entry.trial();
            while (taken < steerings.size() && steerings.get(taken).trials() <= trial.number()) {
                wishes.take(steerings.get(taken++));
            }
            wishes.run(trial).ifPresent(wish -> run.put(trial.number(), wish));
        }
        return run;
    }

    /** The wishes that are not run yet. */
    static List<Taken> waiting(List<Entry> entries, List<Taken> steerings) {
        Wishes wishes = new Wishes();
        steerings.forEach(wishes::take);
        entries.forEach(entry -> wishes.run(entry.trial()));
        return List.copyOf(wishes.waiting);
    }

    /** Takes up a steering: a wish waits from now on, and one that is taken back does not any more. */
    public void take(Taken taken) {
        if (taken.steering() instanceof Steering.Wish) {
            waiting.add(taken);
        } else if (taken.steering() instanceof Steering.Undo undo) {
            waiting.removeIf(wish -> wish.number() == undo.number());
        }
    }

    /** A trial was run; the wish that it came of, if it was wished for, waits no more. */
    public Optional<Steering.Wish> run(Trial trial) {
        return trial.origin().isWished() && !waiting.isEmpty()
                ? Optional.of((Steering.Wish) waiting.remove(0).steering())
                : Optional.empty();
    }

    /** What is to be run next. */
    public Optional<Steering.Wish> next() {
        return waiting.stream().map(taken -> (Steering.Wish) taken.steering()).findFirst();
    }

    /** Whether the steering of that number is a wish that waits. */
    public boolean isWaiting(int number) {
        return waiting.stream().anyMatch(taken -> taken.number() == number);
    }

    /** The steering that has the same run already. */
    public Optional<Taken> same(Steering.Wish wish) {
        return waiting.stream()
                .filter(taken -> ((Steering.Wish) taken.steering())
                        .change()
                        .key()
                        .equals(wish.change().key()))
                .findFirst();
    }
}

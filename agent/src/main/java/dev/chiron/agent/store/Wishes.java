package dev.chiron.agent.store;

import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** What is wished for and not run yet, the next first. Each trial that was wished for is of the first wish that waited then for just that. */
public final class Wishes {

    private final List<Taken> waiting = new ArrayList<>();

    private final Set<Integer> proposed = new HashSet<>(); // numbers of trials that came of a wish before they ended

    /** The wishes that trials came of, by the trials' numbers. */
    static Map<Integer, Steering.Wish> run(List<Happening> happenings) {
        Map<Integer, Steering.Wish> run = new LinkedHashMap<>();
        new Wishes().goThrough(happenings, run::put);
        return run;
    }

    /** The wishes that are not run yet. */
    static List<Taken> waiting(List<Happening> happenings) {
        Wishes wishes = new Wishes();
        wishes.goThrough(happenings, (number, wish) -> {});
        return List.copyOf(wishes.waiting);
    }

    private void goThrough(List<Happening> happenings, BiConsumer<Integer, Steering.Wish> run) {
        for (Happening happening : happenings) {
            if (happening instanceof Taken taken) {
                take(taken);
            } else if (happening instanceof Proposed trial) {
                run(trial).ifPresent(wish -> run.accept(trial.number(), wish));
            } else if (happening instanceof Entry entry) {
                run(entry.trial()).ifPresent(wish -> run.accept(entry.trial().number(), wish));
            }
        }
    }

    /** Takes up a steering: a wish waits from now on, and one that is taken back does not any more. */
    public void take(Taken taken) {
        if (taken.steering() instanceof Steering.Wish) {
            waiting.add(taken);
        } else if (taken.steering() instanceof Steering.Undo undo) {
            waiting.removeIf(wish -> wish.number() == undo.number());
        }
    }

    /** A trial was run; the wish that it came of, if it was wished for and did not come to it before, waits no more. */
    public Optional<Steering.Wish> run(Trial trial) {
        return proposed.remove(trial.number()) ? Optional.empty() : run(trial.change(), trial.origin());
    }

    /** A trial will be run; the wish that it comes of, if it was wished for, waits no more. */
    public Optional<Steering.Wish> run(Proposed trial) {
        Optional<Steering.Wish> wish = run(trial.change(), trial.origin());
        wish.ifPresent(one -> proposed.add(trial.number()));
        return wish;
    }

    private Optional<Steering.Wish> run(Change change, Origin origin) {
        if (!origin.isWished() || waiting.isEmpty()) {
            return Optional.empty();
        }
        Taken first = same(change).orElseGet(() -> waiting.get(0));
        waiting.remove(first);
        return Optional.of((Steering.Wish) first.steering());
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
        return same(wish.change());
    }

    private Optional<Taken> same(Change change) {
        return waiting.stream()
                .filter(taken ->
                        ((Steering.Wish) taken.steering()).change().key().equals(change.key()))
                .findFirst();
    }
}

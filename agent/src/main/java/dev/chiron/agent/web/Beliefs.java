package dev.chiron.agent.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.Hindsight;
import dev.chiron.agent.start.Surroundings;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the optimizers of studies believed, gone through when somebody first looks, and from then on as studies grow. In a
 * thread of its own a study, at the lowest priority: nothing waits for it.
 */
final class Beliefs {

    /** Going through a trial takes the longer the more there are before it. */
    private static final int MOST = 20_000;

    private static final int SHOWN = 160; // generations, evenly spread, and the last

    private final Surroundings surroundings;
    private final Map<String, Walk> walks = new LinkedHashMap<>(); // by study

    /** @param surroundings in which no model is opened */
    Beliefs(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** A study that is being gone through. */
    private static final class Walk {
        private final List<BeliefPoint> points = new ArrayList<>(); // the first of each generation, and the last of all
        private Optional<Hindsight> hindsight = Optional.empty();
        private boolean running;
        private String problem = "";
        private Optional<Boolean> same = Optional.empty(); // whether the kept state was met

        /** Within a generation a distribution stays as it is. */
        private synchronized void add(BeliefPoint point) {
            int last = points.size() - 1;
            if (last >= 1
                    && points.get(last).isLike(point)
                    && points.get(last - 1).isLike(point)) {
                points.remove(last);
            }
            points.add(point);
        }

        private synchronized List<BeliefPoint> points() {
            return List.copyOf(points);
        }
    }

    /** As far as it has been worked out: {@code upTo} trials of {@code of}. */
    ObjectNode of(Snapshot now) {
        Snapshot.Read known = now.known();
        if (!Hindsight.isFor(known.spec())) {
            throw new Unready(without(known.spec()));
        }
        Walk walk;
        synchronized (walks) {
            walk = walks.computeIfAbsent(now.study(), study -> new Walk());
        }
        begin(walk, now);
        return json(walk, now);
    }

    /** Why nothing is drawn of a study, and where to look instead. */
    private static String without(Spec spec) {
        return Hindsight.hasDistribution(spec)
                ? "There is a distribution of its own for each version of the script, or for each part of a training: none of them is drawn here."
                : "This study's optimizer, " + spec.optimizer()
                        + ", keeps no distribution that could be drawn, as CMA-ES does. What it has learned from stands under Slices, Contour and Importance.";
    }

    private void begin(Walk walk, Snapshot now) {
        synchronized (walk) {
            int done = walk.hindsight.map(Hindsight::trials).orElse(0);
            if (walk.running || !walk.problem.isEmpty() || done >= Math.min(MOST, now.trials())) {
                return;
            }
            walk.running = true;
        }
        Thread thread = new Thread(() -> go(walk, now), "chiron-hindsight");
        thread.setDaemon(true);
        thread.start();
    }

    private void go(Walk walk, Snapshot now) {
        try {
            Recording recording = now.known().recording();
            if (walk.hindsight.isEmpty()) {
                walk.hindsight =
                        Optional.of(new Hindsight(now.folder(), now.known().spec(), recording, surroundings));
            }
            Hindsight hindsight = walk.hindsight.get();
            Optional<StudyFolder.Saved> kept = StudyFolder.saved(now.folder(), recording, place -> List.of());
            while (hindsight.trials() < Math.min(MOST, now.trials())) {
                Optional<OptimizerState> state = hindsight.next(recording);
                SearchSpace space = hindsight.spec().space();
                int trial = hindsight.trials();
                synchronized (walk) {
                    state.flatMap(one -> BeliefPoint.of(trial, space, one)).ifPresent(walk::add);
                    kept.filter(one -> one.trials() == trial)
                            .ifPresent(one -> walk.same = Optional.of(state.equals(Optional.of(one.state()))));
                }
            }
        } catch (RuntimeException e) {
            synchronized (walk) {
                walk.problem = "the study could not be gone through again: " + e.getMessage();
            }
        } finally {
            synchronized (walk) {
                walk.running = false;
            }
        }
    }

    private static ObjectNode json(Walk walk, Snapshot now) {
        List<BeliefPoint> points = walk.points();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        synchronized (walk) {
            object.put(
                    "upTo", points.isEmpty() ? 0 : points.get(points.size() - 1).trial());
            object.put("of", now.trials());
            object.put("working", walk.running);
            object.put("problem", walk.problem);
            walk.same.ifPresent(same -> object.put("same", same));
        }
        object.put("most", MOST);
        ArrayNode shown = object.putArray("points");
        int every = Math.max(1, (points.size() + SHOWN - 1) / SHOWN);
        for (int k = 0; k < points.size(); k++) {
            if (k % every == 0 || k == points.size() - 1) {
                shown.add(points.get(k).json());
            }
        }
        return object.put("every", every);
    }
}

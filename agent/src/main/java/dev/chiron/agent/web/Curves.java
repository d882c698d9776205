package dev.chiron.agent.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.TrialFolder;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import java.util.List;
import java.util.stream.Stream;

/** The learning curves of some trials, which lie in their folders. */
record Curves(Snapshot snapshot) {

    private static final int MOST = 60; // trials
    private static final int MOST_POINTS = 1_000; // of a curve, evenly spread

    /** @param trials their numbers, with commas between */
    ObjectNode json(String trials) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Stream.of(trials.split(","))
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .filter(number -> number < snapshot.trials())
                .limit(MOST)
                .forEach(number -> put(number, object));
        return object;
    }

    /** What a trial reported on its way; empty without a curve. */
    static List<CurvePoint> of(Snapshot snapshot, int number) {
        TrialFolder folder = new TrialFolder(StudyFolder.trialFolder(snapshot.folder(), number));
        return snapshot.holds(folder.folder().resolve("curve.csv")) ? folder.curve() : List.of();
    }

    private void put(int number, ObjectNode object) {
        List<CurvePoint> points = of(snapshot, number);
        if (points.isEmpty()) {
            return;
        }
        ArrayNode curve = object.putArray(Integer.toString(number));
        double every = Math.max(1, points.size() / (double) MOST_POINTS);
        for (double k = 0; k < points.size(); k += every) {
            CurvePoint point = points.get((int) k);
            curve.addArray().add(point.step()).add(point.value());
        }
    }
}

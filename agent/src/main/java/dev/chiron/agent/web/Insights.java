package dev.chiron.agent.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.CreditCurve;
import dev.chiron.agent.insight.Insight;
import dev.chiron.agent.insight.InsightJson;
import dev.chiron.agent.insight.Sample;
import dev.chiron.agent.insight.StudyImportance;
import dev.chiron.agent.insight.Terrain;
import dev.chiron.agent.view.Searched;
import dev.chiron.optimizers.importance.PedAnova;
import java.util.List;

/** What is worked out of a study's trials, when somebody looks. */
record Insights(Snapshot snapshot) {

    private static final int MOST_POINTS = 2_000;

    /** How much each parameter matters, and what its values bring. */
    ObjectNode importance() {
        Sample sample = Sample.of(snapshot.view().now());
        Searched searched = sample.searched();
        Insight insight = Insight.of(searched.space(), searched.history(), PedAnova.USUAL)
                .orElseThrow(() -> new Unready(StudyImportance.missing(searched.space(), searched.history())));
        return said(new InsightJson(insight).all(searched.history().objective()), sample);
    }

    /**
     * A map over two parameters.
     *
     * @param failures of the chance that a trial fails, else of the value
     */
    ObjectNode terrain(String x, String y, boolean failures) {
        Sample sample = Sample.of(snapshot.view().now());
        Terrain terrain = new Terrain(sample.searched());
        for (String name : List.of(x, y)) {
            if (sample.searched().space().find(name).isEmpty()) {
                throw new Absent("no parameter " + name + " is searched");
            }
        }
        return said(
                (failures ? terrain.failures(x, y) : terrain.values(x, y))
                        .orElseThrow(() -> new Unready(StudyImportance.missing(
                                sample.searched().space(), sample.searched().history()))),
                sample);
    }

    private static ObjectNode said(ObjectNode object, Sample sample) {
        return object.put("used", sample.used()).put("of", sample.of());
    }

    /** What the model's trials and the optimizer's were worth; at most {@value #MOST_POINTS} points, evenly spread. */
    ObjectNode credit() {
        Snapshot.Read known = snapshot.known();
        List<CreditCurve.Point> points = CreditCurve.of(known.recording().entries(), known.history());
        int every = Math.max(1, (points.size() + MOST_POINTS - 1) / MOST_POINTS);
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("every", every);
        ArrayNode rows = object.putArray("points");
        for (int k = 0; k < points.size(); k += every) {
            CreditCurve.Point point = points.get(k);
            rows.addArray()
                    .add(point.trial())
                    .add(point.model())
                    .add(point.optimizer())
                    .add(point.better());
        }
        return object;
    }
}

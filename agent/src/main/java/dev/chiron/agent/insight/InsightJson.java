package dev.chiron.agent.insight;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.optimizers.forest.Dependence;
import dev.chiron.optimizers.forest.Importance;
import dev.chiron.optimizers.importance.PedAnova;
import dev.chiron.optimizers.study.Objective;

/** An {@link Insight} for programs; shares are in [0, 1]. */
public record InsightJson(Insight insight) {

    /** Importances and interactions. */
    public ObjectNode importance() {
        Importance importance = insight.importance();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("trials", importance.trials());
        object.put("forest_explains", rounded(importance.explained()));
        object.put(
                "caution",
                StudyImportance.caution(importance)
                        + insight.changing().map(text -> "; " + text).orElse(""));
        object.put("best_share", insight.share());
        ArrayNode parameters = object.putArray("parameters");
        for (Importance.Share share : insight.ranked()) {
            PedAnova.Share best = insight.best(share.parameter());
            parameters
                    .addObject()
                    .put("name", share.parameter())
                    .put("share", rounded(share.mean()))
                    .put("sd", rounded(share.sd()))
                    .put("best", rounded(best.value()))
                    .put("best_low", rounded(best.low()))
                    .put("best_high", rounded(best.high()));
        }
        ArrayNode pairs = object.putArray("interactions");
        insight.interactions()
                .forEach(one -> pairs.addObject()
                        .put("first", one.first())
                        .put("second", one.second())
                        .put("share", rounded(one.mean()))
                        .put("sd", rounded(one.sd())));
        return object;
    }

    /** The same with what each value brings, as values of the metric. */
    public ObjectNode all(Objective objective) {
        ObjectNode object = importance();
        ArrayNode dependences = object.putArray("dependence");
        for (Dependence dependence : insight.dependences()) {
            ArrayNode points = dependences
                    .addObject()
                    .put("name", dependence.parameter())
                    .put("agreed", rounded(dependence.agreed()))
                    .putArray("points");
            for (Dependence.Point point : dependence.points()) {
                double one = objective.loss(point.low()); // a loss of a loss is the value again
                double other = objective.loss(point.high());
                points.addObject()
                        .put("mean", objective.loss(point.loss()))
                        .put("low", Math.min(one, other))
                        .put("high", Math.max(one, other))
                        .set("value", EntryJson.value(point.value()));
            }
        }
        return object;
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}

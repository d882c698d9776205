package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.view.StudyJson;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.History;
import java.util.List;

/** Tasks and trials as a model reads them: short, and with all that is needed to write a config. */
final class Reports {

    private Reports() {}

    /** A task; of its environment variables the names alone. */
    static ObjectNode task(Spec spec) {
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        task.put("task", spec.task());
        task.put("script", spec.script());
        task.put("run", spec.run());
        ArrayNode env = task.putArray("env");
        spec.env().keySet().forEach(env::add);
        task.put("metric", spec.objective().metric());
        task.put("goal", spec.objective().goal().label());
        if (spec.objective().isSeveral()) {
            task.set("objectives", StudyJson.objectives(spec.objective()));
        }
        if (!spec.objective().feasible().isEmpty()) {
            ArrayNode feasible = task.putArray("feasible");
            spec.objective().feasible().forEach(condition -> feasible.add(condition.text()));
        }
        task.put("time_limit_seconds", spec.limits().time().toSeconds());
        task.put("method", spec.method());
        task.put("optimizer", spec.optimizer());
        task.put("model", spec.llm().model());
        task.put("sandbox", spec.sandbox().level());
        task.put("seed", spec.seed());
        spec.budget().trials().ifPresent(trials -> task.put("budget_trials", trials));
        spec.budget().trainTime().ifPresent(time -> task.put("budget_train_seconds", time.toSeconds()));
        ArrayNode parameters = task.putArray("parameters");
        spec.space().parameters().forEach(parameter -> parameters.add(parameter(spec, parameter)));
        ArrayNode constraints = task.putArray("constraints");
        spec.space().constraints().forEach(constraint -> constraints.add(constraint.text()));
        return task;
    }

    private static ObjectNode parameter(Spec spec, Parameter parameter) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("name", parameter.name());
        if (parameter instanceof Parameter.Real real) {
            object.put("type", "float").put("low", real.low()).put("high", real.high());
            if (real.log()) {
                object.put("log", true);
            }
        } else if (parameter instanceof Parameter.Whole whole) {
            object.put("type", "int").put("low", whole.low()).put("high", whole.high());
            if (whole.powersOfTwo()) {
                object.put("powers_of_two", true);
            } else if (whole.log()) {
                object.put("log", true);
            }
            if (whole.step() > 1) {
                object.put("step", whole.step());
            }
        } else if (parameter instanceof Parameter.Choice choice) {
            object.put("type", "choice").put("ordered", choice.ordered());
            ArrayNode options = object.putArray("options");
            choice.options().forEach(option -> options.addPOJO(option.plain()));
        } else {
            throw new AssertionError(parameter);
        }
        spec.baseline().find(parameter.name()).map(Value::plain).ifPresent(value -> object.putPOJO("baseline", value));
        for (Condition condition : spec.space().conditions(parameter)) {
            ArrayNode values = object.withObject("/when").putArray(condition.parent());
            condition.values().forEach(value -> values.addPOJO(value.plain()));
        }
        return object;
    }

    /** A trial on a line. */
    static ObjectNode trial(Entry entry, History history) {
        ObjectNode object = StudyJson.trial(entry, history);
        // what the hold-out said is for people: who proposes must not tune to it
        object.remove(List.of("v", "event", "best", "front", "holdout", "sandbox", "cgroups"));
        return object;
    }
}

package dev.chiron.agent.spec;

import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads under which conditions a parameter is active: {@code when: { OPTIMIZER: [adam, adamw], DEPTH: 2 }}. */
final class ConditionReader {

    static final String EXAMPLE = "{ OPTIMIZER: adam }";

    private final SearchSpace space;

    /** @param space of all parameters, without conditions */
    ConditionReader(SearchSpace space) {
        this.space = space;
    }

    /**
     * The conditions of one parameter, all of which have to hold.
     *
     * @param when what stands behind its {@code when:}
     */
    List<Condition> read(String parameter, Entry when) {
        Section section = when.section(EXAMPLE);
        List<Condition> conditions = new ArrayList<>();
        for (String parent : section.keys()) {
            Entry entry = section.need(parent, "");
            conditions.add(condition(parameter, parent, entry));
        }
        if (conditions.isEmpty()) {
            throw section.bad("is empty; name another parameter and its values, for example when: " + EXAMPLE);
        }
        return conditions;
    }

    private Condition condition(String parameter, String parent, Entry entry) {
        List<String> names = space.parameters().stream().map(Parameter::name).toList();
        Parameter of = space.find(parent).orElseThrow(() -> entry.place().bad(WrittenSpace.unknown(parent, names)));
        if (ProgressSchedule.isPiece(parent)) {
            throw entry.place()
                    .bad(parent + " belongs to a schedule, which a condition cannot ask for; use another parameter");
        }
        if (of instanceof Parameter.Real) {
            throw entry.place()
                    .bad(parent + " is a float, which a condition cannot ask for; use a choice, a bool or an int");
        }
        List<Entry> items = entry.isList() ? entry.list("[adam, adamw]") : List.of(entry);
        List<Value> values =
                items.stream().map(item -> value(of, item.scalar())).toList();
        if (values.isEmpty()) {
            throw entry.place().bad("names no value of " + parent + "; give one, or remove it");
        }
        return new Condition(parameter, parent, values);
    }

    private static Value value(Parameter of, Scalar text) {
        Value value = text.value();
        Optional<String> problem = of.problem(value).or(() -> ParameterReader.offGrid(of, value));
        problem.ifPresent(why -> {
            throw text.bad(why);
        });
        return of.nearest(value);
    }
}

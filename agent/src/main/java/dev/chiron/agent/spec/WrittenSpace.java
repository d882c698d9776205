package dev.chiron.agent.spec;

import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A search space as it was written.
 *
 * @param starts the values where the search starts, of the parameters that have one written
 * @param priors the widths of the priors, of the parameters that have one written; empty for {@code none}
 * @param places where each parameter stands
 * @param constraintPlaces where each constraint stands, in the space's order
 */
record WrittenSpace(
        SearchSpace space,
        Map<String, Value> starts,
        Map<String, Optional<Double>> priors,
        Map<String, Place> places,
        List<Place> constraintPlaces) {

    private static final int LONGEST_CONSTRAINT = 500;
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_.]*";
    private static final String SPACE_EXAMPLE = "space: { LR: { type: float, low: 1e-4, high: 0.1, log: true } }";

    static WrittenSpace read(Section root) {
        Section section = root.need("space", SPACE_EXAMPLE).section(SPACE_EXAMPLE);
        List<Parameter> parameters = new ArrayList<>();
        Map<String, Value> starts = new LinkedHashMap<>();
        Map<String, Optional<Double>> priors = new LinkedHashMap<>();
        Map<String, Place> places = new LinkedHashMap<>();
        Map<String, Entry> conditions = new LinkedHashMap<>();
        for (String name : section.keys()) {
            Entry entry = section.need(name, "");
            if (!name.matches(NAME) || name.equals(Template.SCRIPT)) {
                throw entry.place().bad("is no name for a parameter; use a constant's name, such as LEARNING_RATE");
            }
            for (ParameterReader reader : ParameterReader.of(name, entry)) {
                Parameter parameter = reader.read();
                String piece = parameter.name();
                parameters.add(parameter);
                places.put(piece, entry.place());
                reader.start(parameter).ifPresent(value -> starts.put(piece, value));
                reader.prior(parameter).ifPresent(prior -> priors.put(piece, prior.width()));
                reader.when().ifPresent(when -> conditions.put(piece, when));
            }
        }
        if (parameters.isEmpty()) {
            throw section.bad("is empty; name a parameter, for example " + SPACE_EXAMPLE);
        }
        SearchSpace space = conditional(parameters, conditions);
        return withConstraints(root, new WrittenSpace(space, starts, priors, places, List.of()));
    }

    private static SearchSpace conditional(List<Parameter> parameters, Map<String, Entry> written) {
        SearchSpace space = new SearchSpace(parameters, List.of());
        ConditionReader reader = new ConditionReader(space);
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, Entry> when : written.entrySet()) {
            conditions.addAll(reader.read(when.getKey(), when.getValue()));
            try {
                space = new SearchSpace(parameters, List.of(), conditions);
            } catch (IllegalArgumentException e) {
                throw when.getValue().place().bad(e.getMessage() + ": change one of the conditions");
            }
        }
        return space;
    }

    private static WrittenSpace withConstraints(Section root, WrittenSpace written) {
        List<Constraint> constraints = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        Optional<Entry> list = root.find("constraints");
        if (list.isPresent()) {
            for (Entry entry : list.get().list("[ \"A >= B * 2\" ]")) {
                constraints.add(constraint(entry.scalar(), written.space()));
                places.add(entry.place());
            }
        }
        SearchSpace space = new SearchSpace(
                written.space().parameters(), constraints, written.space().conditions());
        return new WrittenSpace(space, written.starts(), written.priors(), written.places(), places);
    }

    private static Constraint constraint(Scalar text, SearchSpace space) {
        if (text.words().length() > LONGEST_CONSTRAINT) {
            throw text.bad("is longer than " + LONGEST_CONSTRAINT + " characters; split it");
        }
        Constraint constraint;
        try {
            constraint = Constraint.parse(text.words());
        } catch (IllegalArgumentException e) {
            throw text.bad(String.valueOf(e.getMessage()));
        }
        List<String> names = space.parameters().stream().map(Parameter::name).toList();
        for (String name : constraint.names()) {
            Parameter parameter = space.find(name).orElseThrow(() -> text.bad(unknown(name, names)));
            if (!isNumeric(parameter)) {
                throw text.bad(name + " is no number, so it cannot be compared");
            }
        }
        return constraint;
    }

    /** What to say of a name that is no parameter's: a schedule itself has no value that could be compared, only its pieces. */
    static String unknown(String name, List<String> names) {
        return ProgressSchedule.in(names).stream()
                .filter(schedule -> schedule.name().equals(name))
                .findFirst()
                .map(schedule ->
                        name + " is a schedule; name its pieces, which are " + String.join(", ", schedule.pieces()))
                .orElseGet(() -> "unknown parameter `" + name + "`" + Nearest.hint(name, names));
    }

    /** What the script calls the parameters. */
    List<String> namesInScript() {
        return space.parameters().stream()
                .map(parameter -> ProgressSchedule.inScript(parameter.name()))
                .distinct()
                .toList();
    }

    private static boolean isNumeric(Parameter parameter) {
        return !(parameter instanceof Parameter.Choice choice)
                || choice.options().stream()
                        .allMatch(option -> option.asNumber().isPresent());
    }
}

package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * A parameter that is added to a running study, written as in chiron.yaml.
 *
 * @param prior what is written of where its best value lies
 * @param when what is written of the conditions under which it is active
 */
record NewParameter(Parameter parameter, Optional<ParameterReader.WrittenPrior> prior, Optional<Entry> when) {

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_.]*";

    /**
     * The parameter, or each piece of its schedule.
     *
     * @throws BadInput if it cannot be read
     */
    static List<NewParameter> read(String where, String name, String definition) {
        if (!name.matches(NAME) || name.equals(Template.SCRIPT)) {
            throw new BadInput(where + ": no name for a parameter; use a constant's name, such as LEARNING_RATE");
        }
        Section root = YamlFile.parse(where, name + ": " + definition.strip());
        if (root.keys().size() != 1) {
            throw new BadInput(where + ": write its range as in chiron.yaml, { type: float, low: 0.001, high: 0.1 }");
        }
        return ParameterReader.of(name, root.need(name, "")).stream()
                .map(reader -> read(where, reader))
                .toList();
    }

    private static NewParameter read(String where, ParameterReader reader) {
        Parameter parameter = reader.read();
        if (reader.start(parameter).isPresent()) {
            throw new BadInput(where + ": its search begins at the script's own value; leave `default` out");
        }
        return new NewParameter(parameter, reader.prior(parameter), reader.when());
    }
}

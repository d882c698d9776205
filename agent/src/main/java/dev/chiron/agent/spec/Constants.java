package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The constants of a study's script.
 *
 * @param script its name
 * @param settable their values
 * @param unsettable the others, and why each cannot be set
 */
public record Constants(String script, Map<String, Value> settable, Map<String, String> unsettable) {

    /** Copies the maps. */
    public Constants {
        settable = Collections.unmodifiableMap(new LinkedHashMap<>(settable));
        unsettable = Collections.unmodifiableMap(new LinkedHashMap<>(unsettable));
    }

    /** The value of a constant that is to be tuned, which is where its search starts. */
    Value start(String where, String name, Parameter parameter) {
        Value own = settable.get(name);
        if (own == null) {
            String why = unsettable.get(name);
            throw new BadInput(where
                    + (why != null
                            ? ": " + name + " in " + script + " cannot be set: " + why + "; change the script"
                            : ": no constant " + name + " in " + script + Nearest.hint(name, settable.keySet())));
        }
        if (parameter instanceof Parameter.Real && script.endsWith(".java") && own instanceof Value.Whole) {
            throw new BadInput(where + ": " + name + " in " + script
                    + " is a whole number, which no float fits into; give it type int");
        }
        Optional<String> problem = parameter.problem(own);
        if (problem.isEmpty()) {
            problem = ParameterReader.offGrid(parameter, own);
        }
        problem.ifPresent(wrong -> {
            throw new BadInput(where + ": " + script + " has " + name + " = " + own.text() + ", but " + wrong
                    + "; change the range so that the script's own value lies in it");
        });
        return parameter.nearest(own);
    }
}

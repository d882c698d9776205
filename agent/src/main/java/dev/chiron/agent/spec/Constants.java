package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** Why a constant cannot hold a schedule, and how it would be written. */
    static String noText(String script, String name, String own) {
        return script + " has " + name + " = " + own + ", into which no schedule fits: write " + name + " = \"" + own
                + "\" there, and let the script read the text by its progress (docs/space.md#schedules)";
    }

    /** That a constant holds what no schedule of these points is. */
    static String otherText(String script, ProgressSchedule schedule, String own) {
        return script + " has " + schedule.name() + " = \"" + own + "\", which is neither a number nor a schedule in "
                + schedule.shape().label() + " at " + String.join(", ", schedule.points())
                + "; write a number there";
    }

    /**
     * The value of a constant that is to be tuned, which is where its search starts.
     *
     * @param parts the parameter alone, or all pieces of its schedule
     */
    Value start(String where, Parameter parameter, List<Parameter> parts) {
        String name = ProgressSchedule.inScript(parameter.name());
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
        if (ProgressSchedule.isPiece(parameter.name())) {
            own = ofPiece(where, parameter, parts, own);
        }
        Optional<String> problem = parameter.problem(own);
        if (problem.isEmpty()) {
            problem = ParameterReader.offGrid(parameter, own);
        }
        if (problem.isPresent()) {
            throw new BadInput(where + ": " + script + " has " + name + " = " + own.text() + ", but " + problem.get()
                    + "; change the range so that the script's own value lies in it");
        }
        return parameter.nearest(own);
    }

    private Value ofPiece(String where, Parameter piece, List<Parameter> pieces, Value own) {
        ProgressSchedule schedule = ProgressSchedule.in(
                        pieces.stream().map(Parameter::name).toList())
                .get(0);
        if (!(own instanceof Value.Text)) {
            throw new BadInput(where + ": " + noText(script, schedule.name(), own.text()));
        }
        return schedule.values(own)
                .orElseThrow(() -> new BadInput(where + ": " + otherText(script, schedule, own.text())))
                .get(schedule.pieces().indexOf(piece.name()));
    }
}

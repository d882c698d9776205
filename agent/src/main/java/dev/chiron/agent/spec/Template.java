package dev.chiron.agent.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with {@code {script}} and {@code {PARAMETER}} holes. Other braces, such as in {@code {}}, are just text. */
final class Template {

    static final String SCRIPT = "script";

    /** The hole for where what a trial saved is, where the task scores that. */
    static final String ARTIFACTS = "artifacts";

    private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_.]*)}");

    private Template() {}

    /** The names in the holes, in order. */
    static Set<String> holes(String text) {
        Set<String> holes = new LinkedHashSet<>();
        Matcher hole = HOLE.matcher(text);
        while (hole.find()) {
            holes.add(hole.group(1));
        }
        return holes;
    }

    /** The template's text, after a look at its holes. */
    static String checked(Scalar template, List<String> parameters) {
        List<String> known = new ArrayList<>(List.of(SCRIPT));
        known.addAll(parameters);
        for (String hole : holes(template.words())) {
            if (!known.contains(hole)) {
                throw template.bad("unknown hole {" + hole + "}" + Nearest.hint(hole, known));
            }
        }
        return template.words();
    }
}

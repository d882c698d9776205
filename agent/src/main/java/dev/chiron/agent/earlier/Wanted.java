package dev.chiron.agent.earlier;

import dev.chiron.agent.spec.Spec;
import java.util.List;
import java.util.Map;

/**
 * What earlier results are wanted for.
 *
 * @param environment of this process, for the program that tells a script's old versions
 */
record Wanted(Spec spec, Map<String, String> environment) {

    /** What the metric is called in the earlier results. */
    String metric() {
        return spec.from().metric().orElse(spec.objective().metric());
    }

    List<String> parameters() {
        return spec.space().parameters().stream()
                .map(parameter -> parameter.name())
                .toList();
    }
}

package dev.chiron.agent.store;

import dev.chiron.agent.llm.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model answered on a turn that is in no trial: asked ahead, and then the study ended. It has been paid all the same.
 *
 * @param key of the turn, as in {@link Asked}
 * @param author who answered
 */
public record Unused(String key, String author, Usage usage) {

    /** Of these, the last of each turn, without the turns that have come to a trial since: there they are counted. */
    public static List<Unused> without(List<Entry> entries, List<Unused> all) {
        Map<String, Unused> last = new LinkedHashMap<>();
        all.forEach(unused -> last.put(unused.key(), unused));
        entries.stream()
                .flatMap(entry -> entry.turn().stream())
                .filter(turn -> turn.usage().calls() > 0) // else its answers were left aside
                .forEach(turn -> last.remove(turn.asked().key()));
        return List.copyOf(last.values());
    }
}

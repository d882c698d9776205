package dev.chiron.agent.store;

import dev.chiron.agent.llm.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model answered on a turn that is in no trial: asked ahead, and then the study ended; or before the start, when it was asked
 * whether it answers. It has been paid all the same.
 *
 * @param key of the turn, as in {@link Asked}; of a {@linkplain #check check} its own
 * @param author who answered
 */
public record Unused(String key, String author, Usage usage) {

    private static final String CHECK = "check";

    /** The key of a check: the so-manieth of the study, from 0. */
    public static String check(int number) {
        return CHECK + number;
    }

    /** The number of the next check of a study in which these were answered. */
    public static int nextCheck(List<Unused> answered) {
        return answered.stream()
                .filter(answer -> answer.key().matches(CHECK + "\\d{1,9}"))
                .mapToInt(check -> Integer.parseInt(check.key().substring(CHECK.length())) + 1)
                .max()
                .orElse(0);
    }

    /** Whether it was asked before the start, on no turn. */
    public boolean isCheck() {
        return key.startsWith(CHECK);
    }

    /** Of these, the last of each turn, without the turns that have come to a trial since: there they are counted. */
    public static List<Unused> without(List<Entry> entries, List<Unused> all) {
        Map<String, Unused> last = new LinkedHashMap<>();
        all.forEach(unused -> last.put(unused.key(), unused));
        entries.stream()
                .flatMap(entry -> entry.turn().stream())
                .filter(turn -> turn.usage().calls() > 0) // else its answers were left aside
                .forEach(turn -> last.remove(turn.asked().key()));
        entries.stream().flatMap(entry -> entry.advice().stream()).forEach(advice -> last.remove(advice.key()));
        return List.copyOf(last.values());
    }
}

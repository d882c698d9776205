package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Keys and values of a YAML file. Every key is a text and stands there once. */
final class Section {

    static final int LONGEST_KEY = 100;

    private final Place place;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    Section(Place place, String file, MappingNode mapping) {
        this.place = place;
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            int line = key.getStartMark().getLine() + 1;
            if (!(key instanceof ScalarNode scalar) || !isWord(scalar.getValue())) {
                throw Place.of(file, line, place.key()).bad("a key must be a word");
            }
            Entry entry = new Entry(file, Place.of(file, line, place.below(scalar.getValue())), tuple.getValueNode());
            if (entries.putIfAbsent(scalar.getValue(), entry) != null) {
                throw entry.place().bad("is given twice; keep one of them");
            }
        }
    }

    private static boolean isWord(String key) {
        return !key.isBlank() && key.length() <= LONGEST_KEY && key.indexOf('\n') < 0;
    }

    /** The message about the section as a whole, to be thrown. */
    BadInput bad(String problem) {
        return place.bad(problem);
    }

    Collection<String> keys() {
        return entries.keySet();
    }

    /** Refuses keys that are not known, with the known one that was probably meant. */
    Section only(List<String> known) {
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (!known.contains(entry.getKey())) {
                Place at = new Place(entry.getValue().place().source(), place.key());
                throw at.bad("unknown key `" + entry.getKey() + "`" + Nearest.hint(entry.getKey(), known));
            }
        }
        return this;
    }

    Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The entry that must be there; {@code example} says how it may look. */
    Entry need(String key, String example) {
        return find(key).orElseThrow(() -> bad("`" + key + "` is missing, for example " + example));
    }
}

package dev.chiron.agent.spec;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What stands behind a key, or in a list. */
record Entry(String file, Place place, Node node) {

    static final String TAGGED = "a tag (!) is not allowed; write a plain value";

    private static final List<Tag> PLAIN =
            List.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.MAP, Tag.SEQ);

    /** Refuses tags: they ask for objects to be made. */
    Entry {
        if (!PLAIN.contains(node.getTag())) {
            throw place.bad(TAGGED);
        }
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isSection() {
        return node instanceof MappingNode;
    }

    /** @param example how the keys and values may look */
    Section section(String example) {
        if (node instanceof MappingNode mapping) {
            return new Section(place, file, mapping);
        }
        throw place.bad("expected keys and values, for example " + example);
    }

    /** @param example how the list may look */
    List<Entry> list(String example) {
        if (!(node instanceof SequenceNode sequence)) {
            throw place.bad("expected a list, for example " + example);
        }
        List<Entry> entries = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            Place at = Place.of(file, item.getStartMark().getLine() + 1, place.key() + "[" + entries.size() + "]");
            entries.add(new Entry(file, at, item));
        }
        return entries;
    }

    Scalar scalar() {
        if (!(node instanceof ScalarNode scalar)) {
            throw place.bad("expected a single value, not " + (node instanceof MappingNode ? "keys" : "a list"));
        }
        boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
        if (!quoted && List.of("", "~", "null").contains(scalar.getValue())) {
            throw place.bad("is empty; give a value, or remove the key");
        }
        return new Scalar(place, scalar.getValue(), quoted);
    }
}

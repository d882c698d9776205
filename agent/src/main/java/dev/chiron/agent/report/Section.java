package dev.chiron.agent.report;

import java.util.ArrayList;
import java.util.List;

/** A section of a report, in the making. */
final class Section {

    private final String id;
    private final String title;
    private final List<Block> blocks = new ArrayList<>();

    /** @param id what links call it */
    Section(String id, String title) {
        this.id = id;
        this.title = title;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    List<Block> blocks() {
        return List.copyOf(blocks);
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** A paragraph, by {@link Words#of}. */
    Section say(String template, Object... fills) {
        return add(new Block.Prose(Words.of(template, fills)));
    }

    /** A paragraph of caution. */
    Section warn(String template, Object... fills) {
        return add(new Block.Note(false, Words.of(template, fills)));
    }

    /** A paragraph of good news. */
    Section cheer(String template, Object... fills) {
        return add(new Block.Note(true, Words.of(template, fills)));
    }

    Section add(Block block) {
        blocks.add(block);
        return this;
    }
}

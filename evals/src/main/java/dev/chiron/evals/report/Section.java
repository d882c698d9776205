package dev.chiron.evals.report;

import java.util.ArrayList;
import java.util.List;

/** A section of a report, in the making. */
final class Section {

    private final String id;
    private final String title;
    private final List<Block> blocks = new ArrayList<>();

    /** @param id what {@code --only} calls it, and what its files begin with */
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

    Section say(String text) {
        blocks.add(new Block.Prose(text));
        return this;
    }

    Section heading(String text) {
        blocks.add(new Block.Heading(text));
        return this;
    }

    Section add(Block block) {
        blocks.add(block);
        return this;
    }
}

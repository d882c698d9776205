package dev.chiron.sandbox.edit;

import dev.chiron.optimizers.study.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jgit.diff.Edit;

/** Applies search/replace blocks: what a block searches must be there exactly once, as whole lines. */
final class SearchReplace {

    private static final int MOST_PLACES = 5;

    private SearchReplace() {}

    /**
     * The script with all blocks in it.
     *
     * @throws Refused for a block whose lines are in no place, or in several
     */
    static ScriptText applied(ScriptText script, Patch.Blocks blocks) {
        ScriptText text = script;
        int number = 1;
        for (Patch.Block block : blocks.blocks()) {
            text = applied(text, block, number);
            number++;
        }
        return text;
    }

    private static ScriptText applied(ScriptText text, Patch.Block block, int number) {
        if (block.search().isBlank()) {
            throw new Refused("the SEARCH of block " + number
                    + " is empty; search for the lines beside those to insert, and repeat them in" + " REPLACE");
        }
        List<String> search = lines(block.search());
        List<String> replace = block.replace().isEmpty() ? List.of() : lines(block.replace());
        return replaced(text, place(text.lines(), search, number), search, replace);
    }

    private static List<String> lines(String text) {
        return List.of(text.replace("\r\n", "\n").split("\n", -1));
    }

    /** The index of the first line. White space at the ends of lines counts only if the lines are in no place with it. */
    private static int place(List<String> lines, List<String> search, int number) {
        List<Integer> places = places(lines, search);
        if (places.isEmpty()) {
            places = places(
                    lines.stream().map(String::stripTrailing).toList(),
                    search.stream().map(String::stripTrailing).toList());
        }
        if (places.isEmpty()) {
            throw new Refused("the SEARCH of block " + number + " is not in the script"
                    + (number > 1 ? " as the blocks before it left it" : "") + "; " + NearestLines.to(lines, search));
        }
        if (places.size() > 1) {
            throw new Refused("the SEARCH of block " + number + " is in the script " + places.size() + " times ("
                    + numbers(places)
                    + "); add lines before or after it, so that it fits only the place that you mean");
        }
        return places.get(0);
    }

    private static String numbers(List<Integer> places) {
        String first = places.stream()
                .limit(MOST_PLACES)
                .map(place -> String.valueOf(place + 1))
                .collect(Collectors.joining(", "));
        return "from lines " + first + (places.size() > MOST_PLACES ? " …" : "");
    }

    private static List<Integer> places(List<String> lines, List<String> search) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i + search.size() <= lines.size(); i++) {
            if (lines.get(i).equals(search.get(0))
                    && lines.subList(i, i + search.size()).equals(search)) {
                places.add(i);
            }
        }
        return places;
    }

    /** Lines that the block repeats stay as they are in the script, with what is at their ends. */
    private static ScriptText replaced(ScriptText text, int place, List<String> search, List<String> replace) {
        List<String> lines = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        int kept = 0;
        for (Edit edit : LineDiff.of(search, replace)) {
            lines.addAll(text.lines().subList(kept, place + edit.getBeginA()));
            ends.addAll(text.ends().subList(kept, place + edit.getBeginA()));
            for (String line : replace.subList(edit.getBeginB(), edit.getEndB())) {
                lines.add(line);
                ends.add(text.end());
            }
            kept = place + edit.getEndA();
        }
        lines.addAll(text.lines().subList(kept, text.lines().size()));
        ends.addAll(text.ends().subList(kept, text.ends().size()));
        return text.with(lines, ends);
    }
}

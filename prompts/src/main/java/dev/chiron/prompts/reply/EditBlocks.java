package dev.chiron.prompts.reply;

import dev.chiron.optimizers.study.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The search/replace blocks of a reply.
 *
 * @param around the lines outside of blocks
 */
record EditBlocks(List<Patch.Block> blocks, List<String> around) {

    private static final String OLD = "(?i:search|original|old|before|find|head|current)";
    private static final String NEW = "(?i:replace|replacement|updated|new|after|modified)";
    private static final Pattern OPENING = Pattern.compile("(<{5,9})[ \\t]*+" + OLD + "[ \\t]*+:?[ \\t]*+");
    private static final Pattern MOVED = Pattern.compile("[ \\t>*+-]++" + OPENING.pattern());
    private static final Pattern DIVIDER = Pattern.compile("(={5,9})[ \\t]*+");
    private static final Pattern CLOSING = Pattern.compile("(>{5,9})[ \\t]*+(" + NEW + "[ \\t]*+:?)?[ \\t]*+");
    private static final int LONGEST_LINE = 80;

    /**
     * The blocks of a reply with Unix' ends of lines.
     *
     * @throws Unusable for blocks of which it is not certain where they begin, divide and end, or that change nothing
     */
    static EditBlocks in(String reply) {
        List<Patch.Block> blocks = new ArrayList<>();
        List<String> around = new ArrayList<>();
        List<String> lines = List.of(reply.split("\n", -1));
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            Matcher opening = OPENING.matcher(line);
            if (opening.matches()) {
                int end = end(lines, at, opening.group(1).length(), blocks.size() + 1);
                blocks.add(block(lines.subList(at + 1, end), opening.group(1).length(), blocks.size() + 1));
                at = end;
            } else {
                checkOutside(line);
                around.add(line);
            }
            at++;
        }
        return new EditBlocks(blocks, around);
    }

    /** The first line of a text that opens a block, if there is any. */
    static Optional<String> opening(String text) {
        return text.lines().filter(line -> OPENING.matcher(line).matches()).findFirst();
    }

    private static void checkOutside(String line) {
        if (MOVED.matcher(line).matches()) {
            throw new Unusable("the marker \"" + excerpt(line)
                    + "\" has something before it; markers begin at the start of their lines, and"
                    + " so do the lines that have no indentation in the script");
        }
        Matcher closing = CLOSING.matcher(line);
        if (closing.matches() && closing.group(2) != null) {
            throw new Unusable("a line \"" + excerpt(line) + "\" ends a block that no line <<<<<<< SEARCH began");
        }
    }

    private static int end(List<String> lines, int from, int length, int number) {
        for (int at = from + 1; at < lines.size(); at++) {
            Matcher closing = CLOSING.matcher(lines.get(at));
            if (closing.matches()
                    && (closing.group(2) != null || closing.group(1).length() == length)) {
                return at;
            }
            if (OPENING.matcher(lines.get(at)).matches()) {
                throw new Unusable(
                        "block " + number + " is not closed: a second <<<<<<< SEARCH comes before its >>>>>>> REPLACE");
            }
        }
        throw new Unusable(
                "block " + number + " is not closed: no line >>>>>>> REPLACE comes after it; was the reply cut off?");
    }

    private static Patch.Block block(List<String> lines, int length, int number) {
        int divider = divider(lines, length, number);
        String search = text(lines.subList(0, divider));
        String replace = text(lines.subList(divider + 1, lines.size()));
        if (search.isBlank()) {
            throw new Unusable("the SEARCH of block " + number
                    + " is empty; to insert lines, search for the lines beside them and repeat" + " those in REPLACE");
        }
        if (search.equals(replace)) {
            throw new Unusable(
                    "in block " + number + " SEARCH and REPLACE are the same; leave out blocks that change nothing");
        }
        return new Patch.Block(search, replace);
    }

    /** Of several lines that could be it, the one that is as long as the opening marker. */
    private static int divider(List<String> lines, int length, int number) {
        List<Integer> any = new ArrayList<>();
        List<Integer> asLong = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher divider = DIVIDER.matcher(lines.get(i));
            if (divider.matches()) {
                any.add(i);
                if (divider.group(1).length() == length) {
                    asLong.add(i);
                }
            }
        }
        List<Integer> certain = any.size() == 1 ? any : asLong;
        if (certain.size() == 1) {
            return certain.get(0);
        }
        throw new Unusable(
                any.isEmpty()
                        ? "block " + number + " has no line ======= between what to search and what to put there"
                        : "block " + number
                                + " has several lines of =======, so that it is not certain which divides it; if the script has such a"
                                + " line, write all three markers with nine characters instead of seven");
    }

    /** The lines as a text, without a code fence around all of them: no script begins with one. */
    private static String text(List<String> lines) {
        boolean fenced = lines.size() >= 2
                && lines.get(0).startsWith("```")
                && lines.get(lines.size() - 1).strip().equals("```");
        return String.join("\n", fenced ? lines.subList(1, lines.size() - 1) : lines);
    }

    private static String excerpt(String line) {
        return Excerpt.of(line.strip(), LONGEST_LINE);
    }
}

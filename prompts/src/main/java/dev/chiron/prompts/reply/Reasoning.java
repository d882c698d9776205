package dev.chiron.prompts.reply;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts a reply into the reasoning that some models put in front and the answer. */
final class Reasoning {

    private static final Pattern TAG =
            Pattern.compile("<(/?)(?:think|thinking|thought|reasoning)>", Pattern.CASE_INSENSITIVE);

    private Reasoning() {}

    /** The text outside reasoning. A closing tag without an opening one ends reasoning that began before the text. */
    static String removed(String text) {
        StringBuilder outside = new StringBuilder();
        Matcher tag = TAG.matcher(text);
        boolean inside = false;
        int from = 0;
        while (tag.find()) {
            boolean closing = !tag.group(1).isEmpty();
            if (closing && !inside) {
                outside.setLength(0);
            } else if (!closing && !inside) {
                outside.append(text, from, tag.start()).append('\n');
            }
            inside = !closing;
            from = closing ? tag.end() : from;
        }
        return inside
                ? outside.toString()
                : outside.append(text, from, text.length()).toString();
    }

    /**
     * The text after the reasoning that it begins with. Tags further on belong to the answer: code may hold them. A closing tag at the start
     * of a line, with none before it, ends reasoning that began before the text.
     */
    static String skipped(String text) {
        Matcher tag = TAG.matcher(text);
        int from = 0;
        while (tag.find()
                && text.substring(from, tag.start()).isBlank()
                && tag.group(1).isEmpty()) {
            from = end(tag, text);
        }
        boolean before = from == 0
                && tag.reset().find()
                && !tag.group(1).isEmpty()
                && (tag.start() == 0 || text.charAt(tag.start() - 1) == '\n');
        return text.substring(before ? tag.end() : from);
    }

    /** After the next closing tag; the end of a text that breaks off inside reasoning. */
    private static int end(Matcher tag, String text) {
        while (tag.find()) {
            if (!tag.group(1).isEmpty()) {
                return tag.end();
            }
        }
        return text.length();
    }
}

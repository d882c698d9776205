package dev.chiron.sandbox.run;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line into words as a POSIX shell does, quotes and backslashes included, and does nothing else a shell does. */
final class CommandLine {

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private CommandLine(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException for an open quote, a backslash at the end, or no word at all */
    static List<String> split(String text) {
        CommandLine line = new CommandLine(text);
        line.scan();
        if (line.words.isEmpty()) {
            throw new IllegalArgumentException("the command to run is empty");
        }
        return List.copyOf(line.words);
    }

    private void scan() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (Character.isWhitespace(c)) {
                endWord();
                continue;
            }
            inWord = true;
            if (c == '\'') {
                singleQuoted();
            } else if (c == '"') {
                doubleQuoted();
            } else if (c == '\\') {
                word.append(escaped());
            } else {
                word.append(c);
            }
        }
        endWord();
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private void singleQuoted() {
        int end = text.indexOf('\'', at);
        if (end < 0) {
            throw open("'");
        }
        word.append(text, at, end);
        at = end + 1;
    }

    private void doubleQuoted() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return;
            }
            if (c == '\\' && at < text.length() && "$`\"\\".indexOf(text.charAt(at)) >= 0) {
                c = text.charAt(at++);
            }
            word.append(c);
        }
        throw open("\"");
    }

    private char escaped() {
        if (at == text.length()) {
            throw open("\\");
        }
        return text.charAt(at++);
    }

    private IllegalArgumentException open(String quote) {
        return new IllegalArgumentException("an open " + quote + " in the command to run: " + text);
    }
}

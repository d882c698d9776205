package dev.chiron.agent.command;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line into words as a POSIX shell does, with quotes and backslashes, and expands nothing. */
public final class Words {
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;

    private Words() {}

    /**
     * The words, none of them for a blank line.
     *
     * @throws IllegalArgumentException if a quote is not closed, or a backslash ends the line
     */
    public static List<String> of(String line) {
        return new Words().split(line);
    }

    private List<String> split(String line) {
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (Character.isWhitespace(c)) {
                endWord();
                at++;
            } else {
                inWord = true;
                at = switch (c) {
                    case '\'' -> single(line, at + 1);
                    case '"' -> doubled(line, at + 1);
                    case '\\' -> escaped(line, at + 1);
                    default -> plain(c, at + 1);
                };
            }
        }
        endWord();
        return List.copyOf(words);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private int plain(char c, int next) {
        word.append(c);
        return next;
    }

    private int escaped(String line, int at) {
        if (at == line.length()) {
            throw new IllegalArgumentException("a backslash ends the command: " + line);
        }
        return plain(line.charAt(at), at + 1);
    }

    private int single(String line, int from) {
        int end = line.indexOf('\'', from);
        if (end < 0) {
            throw new IllegalArgumentException("a ' is not closed in the command: " + line);
        }
        word.append(line, from, end);
        return end + 1;
    }

    private int doubled(String line, int from) {
        for (int at = from; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            boolean escape = c == '\\' && at + 1 < line.length() && "\"\\$`".indexOf(line.charAt(at + 1)) >= 0;
            word.append(escape ? line.charAt(++at) : c);
        }
        throw new IllegalArgumentException("a \" is not closed in the command: " + line);
    }
}

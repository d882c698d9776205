package dev.chiron.sandbox.edit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.diff.Edit;

/**
 * What an edit takes out and puts in, token by token.
 *
 * @param tokens of the removed lines and the added ones, each stretch with a sign in front
 * @param shingles every three tokens that follow each other
 */
record ChangedTokens(List<String> tokens, Set<String> shingles) {

    private static final int SHINGLE = 3;
    private static final Pattern NUMBER = Pattern.compile(
            "0[xXbBoO][\\da-fA-F_]+[lL]?|(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:[eE][+-]?\\d[\\d_]*)?[fFdDlLjJ]?");
    private static final Pattern TOKEN = Pattern.compile(NUMBER.pattern() + "|[\\p{L}_$][\\p{L}\\p{N}_$]*|\\S");

    /** The change from one script to another. */
    static ChangedTokens between(BareCode before, BareCode after) {
        List<String> tokens = new ArrayList<>();
        Set<String> shingles = new LinkedHashSet<>();
        for (Edit edit : LineDiff.of(before.lines(), after.lines())) {
            stretch("-", before.lines().subList(edit.getBeginA(), edit.getEndA()), tokens, shingles);
            stretch("+", after.lines().subList(edit.getBeginB(), edit.getEndB()), tokens, shingles);
        }
        return new ChangedTokens(tokens, shingles);
    }

    /** The shingles of both among those of either (Jaccard's index), from 0 to 1; 0 where nothing is changed. */
    double similarity(ChangedTokens other) {
        Set<String> fewer = shingles.size() <= other.shingles.size() ? shingles : other.shingles;
        Set<String> more = shingles.size() <= other.shingles.size() ? other.shingles : shingles;
        long both = fewer.stream().filter(more::contains).count();
        return more.isEmpty() ? 0 : (double) both / (fewer.size() + more.size() - both);
    }

    /** Whether the two would be the same, were it not for numbers. */
    boolean differsInNumbersOnly(ChangedTokens other) {
        if (tokens.size() != other.tokens.size() || tokens.equals(other.tokens)) {
            return false;
        }
        for (int i = 0; i < tokens.size(); i++) {
            boolean same = tokens.get(i).equals(other.tokens.get(i))
                    || (isNumber(tokens.get(i)) && isNumber(other.tokens.get(i)));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String token) {
        return NUMBER.matcher(token).matches();
    }

    private static void stretch(String sign, List<String> lines, List<String> tokens, Set<String> shingles) {
        if (lines.isEmpty()) {
            return;
        }
        int from = tokens.size();
        tokens.add(sign);
        for (String line : lines) {
            Matcher token = TOKEN.matcher(line);
            while (token.find()) {
                tokens.add(token.group());
            }
        }
        List<String> own = tokens.subList(from + 1, tokens.size());
        for (int i = 0; i == 0 || i + SHINGLE <= own.size(); i++) {
            shingles.add(sign + String.join(" ", own.subList(i, Math.min(own.size(), i + SHINGLE))));
        }
    }
}

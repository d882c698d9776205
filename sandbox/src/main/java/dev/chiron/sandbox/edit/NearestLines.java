package dev.chiron.sandbox.edit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says where a script is most like lines that are not in it. */
final class NearestLines {

    private static final int LONGEST = 120;
    private static final double LIKE = 0.4;

    private NearestLines() {}

    /** A clause that tells the nearest place and the first line that is other there; the searched lines are not in the script. */
    static String to(List<String> lines, List<String> search) {
        int place = byLines(lines, search);
        if (place == Integer.MIN_VALUE) {
            place = byLetters(lines, search);
        }
        if (place == Integer.MIN_VALUE) {
            return "nothing in it is like it; copy the lines from the script as they are";
        }
        int first = 0;
        while (isThere(lines, place + first) && same(lines.get(place + first), search.get(first))) {
            first++;
        }
        return "nearest to it is line " + (Math.max(0, place) + 1) + ", where "
                + difference(lines, place + first, search.get(first));
    }

    private static String difference(List<String> lines, int at, String wanted) {
        if (!isThere(lines, at)) {
            return at < 0
                    ? "SEARCH has " + Quoted.line(wanted) + " before the script's first line"
                    : "the script ends and SEARCH goes on with " + Quoted.line(wanted);
        }
        String line = lines.get(at);
        return line.strip().equals(wanted.strip())
                ? "line " + (at + 1) + " (" + Quoted.line(line) + ") begins with other spaces or tabs than in SEARCH"
                : "line " + (at + 1) + " is " + Quoted.line(line) + " and not " + Quoted.line(wanted);
    }

    private static boolean isThere(List<String> lines, int at) {
        return at >= 0 && at < lines.size();
    }

    private static boolean same(String line, String wanted) {
        return line.stripTrailing().equals(wanted.stripTrailing());
    }

    /** Each line that both have votes for the place where they would lie upon each other. */
    private static int byLines(List<String> lines, List<String> search) {
        Map<String, List<Integer>> wanted = new LinkedHashMap<>();
        for (int i = 0; i < search.size(); i++) {
            String line = search.get(i).strip();
            if (line.length() > 1) {
                wanted.computeIfAbsent(line, key -> new ArrayList<>()).add(i);
            }
        }
        int[] votes = new int[lines.size() + search.size()];
        int best = -1;
        for (int i = 0; i < lines.size(); i++) {
            for (int j : wanted.getOrDefault(lines.get(i).strip(), List.of())) {
                votes[i - j + search.size()]++;
            }
        }
        for (int i = 0; i < votes.length; i++) {
            best = votes[i] > (best < 0 ? 0 : votes[best]) ? i : best;
        }
        return best < 0 ? Integer.MIN_VALUE : best - search.size();
    }

    /** Where the line stands that shares most pairs of letters with the longest of the searched ones. */
    private static int byLetters(List<String> lines, List<String> search) {
        String longest = search.stream()
                .map(String::strip)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
        int offset = search.stream().map(String::strip).toList().indexOf(longest);
        Set<Integer> wanted = pairs(longest);
        int best = Integer.MIN_VALUE;
        double likest = LIKE;
        for (int i = 0; i < lines.size(); i++) {
            Set<Integer> pairs = pairs(lines.get(i));
            int all = pairs.size() + wanted.size();
            pairs.retainAll(wanted);
            double likeness = all == 0 ? 0 : 2.0 * pairs.size() / all;
            if (likeness > likest) {
                likest = likeness;
                best = i - offset;
            }
        }
        return best;
    }

    private static Set<Integer> pairs(String line) {
        Set<Integer> pairs = new LinkedHashSet<>();
        String text = line.strip();
        for (int i = 0; i + 1 < Math.min(LONGEST, text.length()); i++) {
            pairs.add((text.charAt(i) << Character.SIZE) | text.charAt(i + 1));
        }
        return pairs;
    }
}

package dev.chiron.agent.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last lines that a session showed, without colours. Bounded, so that a session which stays open does not grow. */
final class Transcript {

    private static final int MOST = 2000;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(List<String> shown) {
        for (String line : shown) {
            if (lines.size() == MOST) {
                lines.removeFirst();
            }
            lines.addLast(line.replaceAll("\u001b\\[[0-9;]*m", ""));
        }
    }

    synchronized List<String> lines() {
        return new ArrayList<>(lines);
    }
}

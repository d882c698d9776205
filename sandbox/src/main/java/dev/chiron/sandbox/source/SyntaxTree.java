package dev.chiron.sandbox.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSLanguage;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSQuery;
import org.treesitter.TSQueryCapture;
import org.treesitter.TSQueryCursor;
import org.treesitter.TSQueryMatch;
import org.treesitter.TSTree;

/** A parsed source; the nodes' offsets are bytes of its UTF-8 form. */
final class SyntaxTree implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final byte[] bytes;
    private final TSLanguage grammar;
    private final TSTree tree;

    private SyntaxTree(byte[] bytes, TSLanguage grammar, TSTree tree) {
        this.bytes = bytes;
        this.grammar = grammar;
        this.tree = tree;
    }

    /**
     * Parses a source.
     *
     * @throws IllegalArgumentException naming file and line for a syntax error
     */
    static SyntaxTree parse(String fileName, byte[] bytes, TSLanguage grammar) {
        try (TSParser parser = new TSParser()) {
            parser.setLanguage(grammar);
            // not parseString: the offsets must be those of plain UTF-8, which JNI's own encoding is not
            TSTree tree = parser.parse(
                    new byte[CHUNK],
                    null,
                    (buffer, offset, point) -> {
                        int count = Math.max(0, Math.min(buffer.length, bytes.length - offset));
                        System.arraycopy(bytes, Math.min(offset, bytes.length), buffer, 0, count);
                        return count;
                    },
                    TSInputEncoding.TSInputEncodingUTF8);
            SyntaxTree parsed = new SyntaxTree(bytes, grammar, tree);
            if (tree.getRootNode().hasError()) {
                String message = fileName + ":" + parsed.errorLine() + ": syntax error";
                parsed.close();
                throw new IllegalArgumentException(message);
            }
            return parsed;
        }
    }

    /** The nodes that a query captures, in the source's order. */
    List<TSNode> find(String query) {
        List<TSNode> found = new ArrayList<>();
        try (TSQuery compiled = new TSQuery(grammar, query);
                TSQueryCursor cursor = new TSQueryCursor()) {
            cursor.exec(compiled, tree.getRootNode());
            TSQueryMatch match = new TSQueryMatch();
            while (cursor.nextMatch(match)) {
                for (TSQueryCapture capture : match.getCaptures()) {
                    found.add(capture.getNode());
                }
            }
        }
        found.sort(Comparator.comparingInt(TSNode::getStartByte));
        return found;
    }

    /** The node's text. */
    String text(TSNode node) {
        return new String(bytes, node.getStartByte(), node.getEndByte() - node.getStartByte(), StandardCharsets.UTF_8);
    }

    /** The line of the node's start, from 1. */
    static int line(TSNode node) {
        return node.getStartPoint().getRow() + 1;
    }

    /** Whether there is such a node: a child by field name or a parent can be missing. */
    static boolean exists(TSNode node) {
        return node != null && !node.isNull();
    }

    /** The expression inside any number of parentheses around it. */
    static TSNode unwrapped(TSNode node) {
        TSNode inner = node;
        while (inner.getType().equals("parenthesized_expression")) {
            inner = firstExpression(inner);
        }
        return inner;
    }

    private static TSNode firstExpression(TSNode parenthesized) {
        TSNode child = parenthesized.getNamedChild(0);
        while (child.isExtra()) {
            child = child.getNextNamedSibling();
        }
        return child;
    }

    /**
     * A child of an expression that holds nothing but its {@code count} parts.
     *
     * @throws NotALiteral when there is a comment between them, which rewriting would lose
     */
    static TSNode only(TSNode node, int index, int count) {
        if (node.getChildCount() != count) {
            throw new NotALiteral("it holds a comment");
        }
        return node.getChild(index);
    }

    private int errorLine() {
        TSNode node = tree.getRootNode();
        for (TSNode next = node; exists(next); next = firstBroken(node)) {
            node = next;
        }
        return line(node);
    }

    private static TSNode firstBroken(TSNode node) {
        TSNode child = node.getChild(0);
        while (exists(child) && !child.hasError() && !child.isMissing()) {
            child = child.getNextSibling();
        }
        return child;
    }

    @Override
    public void close() {
        tree.close();
    }
}

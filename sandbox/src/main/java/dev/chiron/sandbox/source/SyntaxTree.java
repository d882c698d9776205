package dev.chiron.sandbox.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSQuery;
import org.treesitter.TSQueryCapture;
import org.treesitter.TSQueryCursor;
import org.treesitter.TSQueryMatch;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;

/** A parsed source; the nodes' offsets are bytes of its UTF-8 form. */
public final class SyntaxTree implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final byte[] bytes;
    private final Language language;
    private final TSTree tree;

    private SyntaxTree(byte[] bytes, Language language, TSTree tree) {
        this.bytes = bytes;
        this.language = language;
        this.tree = tree;
    }

    /**
     * Parses a source; empty where the file is neither Python nor Java by its name.
     *
     * @throws IllegalArgumentException naming the file, and the line of a syntax error
     */
    public static Optional<SyntaxTree> of(String fileName, String text) {
        return Language.of(fileName).map(language -> parse(fileName, text, language));
    }

    /**
     * Parses a source.
     *
     * @throws IllegalArgumentException naming the file, and the line of a syntax error
     */
    static SyntaxTree parse(String fileName, String text, Language language) {
        byte[] bytes = utf8(fileName, text);
        try (TSParser parser = new TSParser()) {
            parser.setLanguage(language.grammar());
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
            SyntaxTree parsed = new SyntaxTree(bytes, language, tree);
            if (tree.getRootNode().hasError()) {
                String message = fileName + ":" + parsed.errorLine() + ": syntax error";
                parsed.close();
                throw new IllegalArgumentException(message);
            }
            return parsed;
        }
    }

    /** The nodes that a query captures, in the source's order. */
    public List<TSNode> find(String query) {
        List<TSNode> found = new ArrayList<>();
        try (TSQuery compiled = new TSQuery(language.grammar(), query);
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

    /** The comments, in the source's order. */
    public List<TSNode> comments() {
        return find(language.comments());
    }

    /** The literals of texts, in the source's order. */
    public List<TSNode> texts() {
        return find(language.texts());
    }

    /** The node of everything. */
    public TSNode root() {
        return tree.getRootNode();
    }

    /** The node's text. */
    public String text(TSNode node) {
        return new String(bytes, node.getStartByte(), node.getEndByte() - node.getStartByte(), StandardCharsets.UTF_8);
    }

    /** The line of the node's start, from 1. */
    public static int line(TSNode node) {
        return node.getStartPoint().getRow() + 1;
    }

    /** Whether there is such a node: a child by field name or a parent can be missing. */
    public static boolean exists(TSNode node) {
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

    private static byte[] utf8(String fileName, String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(fileName + " is not valid Unicode text", e);
        }
    }

    /** That of the deepest node with an error, the first of them at each depth. A cursor, for a broken node may have very many children. */
    private int errorLine() {
        TSNode node = tree.getRootNode();
        try (TSTreeCursor cursor = new TSTreeCursor(node)) {
            boolean more = cursor.gotoFirstChild();
            while (more) {
                TSNode child = cursor.currentNode();
                if (child.hasError() || child.isMissing()) {
                    node = child;
                    more = cursor.gotoFirstChild();
                } else {
                    more = cursor.gotoNextSibling();
                }
            }
        }
        return line(node);
    }

    @Override
    public void close() {
        tree.close();
    }
}

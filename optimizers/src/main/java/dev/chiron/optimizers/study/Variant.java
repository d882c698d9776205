package dev.chiron.optimizers.study;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A version of the script: the one that a study began with (the root), or one that edits made of it.
 *
 * @param id the beginning of the SHA-256 of its text: equal texts are one variant, whoever wrote them
 * @param parent the id of the variant that was edited; its own for the root
 * @param text the whole script, its ends of lines as they are
 * @param idea what the edit is meant to do, in a line of its author's; empty for the root
 */
public record Variant(String id, String parent, String text, String idea) {

    private static final int ID_BYTES = 8;

    /** The version that a study began with. */
    public static Variant root(String text) {
        String id = id(text);
        return new Variant(id, id, text, "");
    }

    /** What an edit made of this one. */
    public Variant edited(String text, String idea) {
        return new Variant(id(text), id, text, idea);
    }

    /** Whether nobody has edited it. */
    public boolean isRoot() {
        return id.equals(parent);
    }

    private static String id(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}

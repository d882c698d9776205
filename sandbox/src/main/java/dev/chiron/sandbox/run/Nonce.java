package dev.chiron.sandbox.run;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A word that only the first process of one run is told, on its standard input: a metric beside it was printed by that process, not by the
 * script that it started.
 */
record Nonce(String hex) {

    /** What it is called in a line of the output. */
    static final String NAME = "nonce";

    private static final int BYTES = 16;

    /** A new one. */
    static Nonce draw(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Nonce(HexFormat.of().formatHex(bytes));
    }

    /** What is written to the standard input. */
    String line() {
        return hex + "\n";
    }

    /** How a line of the output bears it. */
    String sign() {
        return NAME + "=" + hex;
    }

    /** A text without it: nobody needs to see it, and runs that are alike are to look alike. */
    String takenFrom(String text) {
        return text.replace(" " + sign(), "").replace(hex, "");
    }
}

package dev.chiron.agent.llm.http;

import java.io.IOException;

/** A request failed before anything of it was sent: nobody can have charged for it. */
public final class UnsentException extends IOException {

    UnsentException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}

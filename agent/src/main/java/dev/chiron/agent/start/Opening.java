package dev.chiron.agent.start;

import dev.chiron.agent.End;

/** What came of opening a study. */
public sealed interface Opening permits Opening.Refused, OpenStudy {

    /** It cannot begin: its models were asked whether they answer, and they do not. What is wrong has been noted. */
    record Refused(End end) implements Opening {}
}

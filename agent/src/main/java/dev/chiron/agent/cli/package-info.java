/** The command line: one class a command, and the two ways to watch a study, as lines for people or as JSON. */
@NullMarked
package dev.chiron.agent.cli;

import org.jspecify.annotations.NullMarked;

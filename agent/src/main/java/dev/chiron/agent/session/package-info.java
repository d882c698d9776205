/**
 * A prompt at which a person steers a study while it runs: commands, plain language, and what happens above the line. Where nobody
 * sits at a terminal, the same in plain lines.
 */
@NullMarked
package dev.chiron.agent.session;

import org.jspecify.annotations.NullMarked;

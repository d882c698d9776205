/** What programs of the person's choice are started with, without a shell: words, and an environment without keys. */
@NullMarked
package dev.chiron.agent.command;

import org.jspecify.annotations.NullMarked;

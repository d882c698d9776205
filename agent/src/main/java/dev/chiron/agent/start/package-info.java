/** From a task file to a study that can run: the models, the optimizer, the sandbox and the folder, put together for whoever shows it. */
@NullMarked
package dev.chiron.agent.start;

import org.jspecify.annotations.NullMarked;

/** Writing files so that nothing of them is lost or half there. */
@NullMarked
package dev.chiron.agent.disk;

import org.jspecify.annotations.NullMarked;

/** Models that edit the script: asked for an edit, which is applied, checked and tried, and told what came of those before. */
@NullMarked
package dev.chiron.agent.code;

import org.jspecify.annotations.NullMarked;

/** Results from before a study: found in other studies, tables and databases, checked against its search space. */
@NullMarked
package dev.chiron.agent.earlier;

import org.jspecify.annotations.NullMarked;

/**
 * Edits of a script: applying what an author wrote down, the rules that an edit has to keep, and whether it was tried before. Nothing here
 * runs or writes anything.
 */
@NullMarked
package dev.chiron.sandbox.edit;

import org.jspecify.annotations.NullMarked;

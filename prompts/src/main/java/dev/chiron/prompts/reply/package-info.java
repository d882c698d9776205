/** A model's reply, read as data: a config, or the reason why it cannot be used. */
@NullMarked
package dev.chiron.prompts.reply;

import org.jspecify.annotations.NullMarked;

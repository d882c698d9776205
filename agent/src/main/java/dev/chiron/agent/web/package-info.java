/**
 * The live page of studies: what lies on disk, served to a browser, which draws it. It only reads. Start with {@link
 * dev.chiron.agent.web.Dashboard}.
 */
@NullMarked
package dev.chiron.agent.web;

import org.jspecify.annotations.NullMarked;

/**
 * The Model Context Protocol's messages on their way: lines of a pair of streams, or HTTP on this machine. What they mean is the SDK's and
 * {@link dev.chiron.agent.mcp}'s business.
 */
@NullMarked
package dev.chiron.agent.mcp.wire;

import org.jspecify.annotations.NullMarked;

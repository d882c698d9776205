/**
 * Studies as an MCP server, so that any agent that speaks the Model Context Protocol can tune: {@link dev.chiron.agent.mcp.StudyServer} answers,
 * {@link dev.chiron.agent.mcp.Toolbox} lists what can be asked.
 */
@NullMarked
package dev.chiron.agent.mcp;

import org.jspecify.annotations.NullMarked;

/**
 * LangChain4j's HTTP on OkHttp: {@link dev.chiron.agent.llm.http.OkHttpTransport} sends,
 * {@link dev.chiron.agent.llm.http.Exchange} keeps the raw body of one request,
 * {@link dev.chiron.agent.llm.http.StatusException} carries the wait that a server asked for. Knows nothing of models.
 */
@NullMarked
package dev.chiron.agent.llm.http;

import org.jspecify.annotations.NullMarked;

/**
 * Language models behind one small interface: a {@link dev.chiron.agent.llm.Model} takes a question and gives an
 * answer that is always a value, also when nobody could be reached. {@link dev.chiron.agent.llm.Models} opens one by
 * its {@code --llm} spec, {@link dev.chiron.agent.llm.RecordedModel} keeps what was said; LangChain4j and OkHttp do
 * not show outside this package.
 */
@NullMarked
package dev.chiron.agent.llm;

import org.jspecify.annotations.NullMarked;

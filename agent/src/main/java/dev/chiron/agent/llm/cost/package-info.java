/**
 * What a study's model costs and may cost: {@link dev.chiron.agent.llm.cost.Prices}, caps ({@link
 * dev.chiron.agent.llm.cost.Allowance}) and the sum so far ({@link dev.chiron.agent.llm.cost.Spending}). Two models wrap
 * another: {@link dev.chiron.agent.llm.cost.MeteredModel} prices each answer before it is recorded, {@link
 * dev.chiron.agent.llm.cost.BudgetedModel} asks no more once a cap is reached, and counts what was recorded, too.
 */
@NullMarked
package dev.chiron.agent.llm.cost;

import org.jspecify.annotations.NullMarked;

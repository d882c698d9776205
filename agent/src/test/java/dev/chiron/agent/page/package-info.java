/** What pages say of the code, held against it. */
@org.jspecify.annotations.NullMarked
package dev.chiron.agent.page;

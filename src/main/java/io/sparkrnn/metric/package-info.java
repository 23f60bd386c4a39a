/**
 * What an evaluation measures: sums that merge over batches and shards, and the scores drawn from
 * them.
 *
 * <p>An accumulator is filled with {@code add…} while batches are evaluated; {@link
 * io.sparkrnn.metric.Metrics#plus} joins two and changes neither. Counts are whole numbers and
 * merge exactly; doubles are added in the order of the calls, so the same calls in the same order
 * give the same bits. Scores are computed from the sums when asked for, never stored and never
 * averaged.
 */
package io.sparkrnn.metric;

/** Greedy and beam search over anything that steps, many searches at once. */
package io.sparkrnn.search;

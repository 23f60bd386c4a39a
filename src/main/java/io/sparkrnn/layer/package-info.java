/**
 * Layers over packed rows: maps of rows (dense, dropout), lookups (embedding), and maps of
 * sequences (recurrent, bidirectional, stacked). Forward leaves on the pass what backward wants.
 */
package io.sparkrnn.layer;

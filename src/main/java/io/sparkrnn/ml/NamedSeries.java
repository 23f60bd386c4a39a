package io.sparkrnn.ml;

import java.io.Serializable;

/**
 * A series without its times.
 *
 * @param id its name
 * @param values oldest first; NaN for a null
 */
@SuppressWarnings("ArrayRecordComponent") // a compact carrier, read once
record NamedSeries(String id, double[] values) implements Serializable {}

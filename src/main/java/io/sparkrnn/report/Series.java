package io.sparkrnn.report;

/**
 * One line of a chart.
 *
 * @param name shown in the legend and while the pointer rests on a point
 * @param style class of the style sheet: colour and dashes
 * @param x positions, ascending
 * @param y values, as many; one that is not finite is a gap
 */
record Series(String name, String style, double[] x, double[] y) {}

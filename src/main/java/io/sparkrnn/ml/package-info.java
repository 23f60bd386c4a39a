/**
 * The Spark ML face: estimators and models over sequences, their params derived from the settings
 * of the floors below, and model folders.
 */
package io.sparkrnn.ml;
